import type { DeploymentContext } from '../deployment-context.ts';
import { TemplateFault } from '../template-fault.ts';
import type { Value } from '../value.ts';
import { defineFunction, type FunctionParameter, type TemplateFunction } from './define-function.ts';
import {
  managementGroupPrefix,
  providerPath,
  resourceGroupPrefix,
  subscriptionPrefix,
  typeSegments,
} from './resource-path.ts';

const typeAndNames = [
  { name: 'resourceType', type: 'any' },
  { name: 'resourceName', type: 'any', variadic: true },
] as const satisfies readonly FunctionParameter[];

const resourceId = defineFunction({
  name: 'resourceId',
  family: 'resource',
  description: 'The ID of a resource, in the scope of the deployment or in a given subscription and resource group.',
  parameters: typeAndNames,
  call: (args, { evaluation: { deployment } }) => {
    const { leading, path } = readArguments('resourceId', args, leadingCounts[deployment.scope]);
    return prefixOf(deployment, leading) + path;
  },
});

/** How many arguments may stand before the type: subscription and resource group as far as the scope has them. */
const leadingCounts: Readonly<Record<DeploymentContext['scope'], number>> = {
  resourceGroup: 2,
  subscription: 1,
  managementGroup: 0,
  tenant: 0,
};

function prefixOf(deployment: DeploymentContext, leading: readonly string[]): string {
  const [last, secondToLast] = leading.toReversed();
  switch (deployment.scope) {
    case 'resourceGroup':
      return resourceGroupPrefix({
        subscriptionId: secondToLast ?? deployment.subscriptionId,
        resourceGroup: last ?? deployment.resourceGroup,
      });
    case 'subscription':
      return subscriptionPrefix({ subscriptionId: last ?? deployment.subscriptionId });
    default:
      return '';
  }
}

const subscriptionResourceId = defineFunction({
  name: 'subscriptionResourceId',
  family: 'resource',
  description: 'The ID of a resource that belongs to a subscription, without a resource group.',
  parameters: typeAndNames,
  call: (args, { evaluation: { deployment } }) => {
    const { leading, path } = readArguments('subscriptionResourceId', args, 1);
    return subscriptionPrefix({ subscriptionId: leading[0] ?? deployment.subscriptionId }) + path;
  },
});

const managementGroupResourceId = defineFunction({
  name: 'managementGroupResourceId',
  family: 'resource',
  description: 'The ID of a resource that belongs to a management group.',
  parameters: typeAndNames,
  call: (args, { evaluation: { deployment } }) => {
    const { leading, path } = readArguments('managementGroupResourceId', args, 1);
    return managementGroupPrefix(leading[0] ?? deployment.managementGroup) + path;
  },
});

const tenantResourceId = defineFunction({
  name: 'tenantResourceId',
  family: 'resource',
  description: 'The ID of a resource that belongs to the tenant.',
  parameters: typeAndNames,
  call: (args) => readArguments('tenantResourceId', args, 0).path,
});

const extensionResourceId = defineFunction({
  name: 'extensionResourceId',
  family: 'resource',
  description: 'The ID of a resource that extends another one, or of one in the scope given by an ID.',
  parameters: [{ name: 'baseResourceId', type: 'any' }, ...typeAndNames],
  call: (args) => {
    const name = 'extensionResourceId';
    const [base = '', type = '', ...names] = requireTexts(name, args);
    if (!base.includes('/') || !type.includes('/') || names.some((text) => text.includes('/'))) {
      throw cannotEvaluate(
        name,
        'function requires exactly two multi-segmented arguments. The first must be the parent resource id while the second must be resource type including resource provider namespace.',
      );
    }
    checkNameCount(name, type, names);
    return base.replace(/\/$/, '') + providerPath(type, names);
  },
});

interface ResourceArguments {
  /** What stands before the type. */
  readonly leading: readonly string[];
  readonly path: string;
}

function readArguments(functionName: string, args: readonly Value[], maximumLeading: number): ResourceArguments {
  const texts = withJoinedType(requireTexts(functionName, args));
  const typeIndex = texts.findIndex((text) => text.includes('/'));
  const type = texts[typeIndex];
  const names = texts.slice(typeIndex + 1);
  if (type === undefined || typeIndex > maximumLeading || names.some((text) => text.includes('/'))) {
    throw cannotEvaluate(
      functionName,
      `function requires exactly one multi-segmented argument which must be resource type including resource provider namespace. Current function arguments '${texts.join(',')}'.`,
    );
  }
  checkNameCount(functionName, type, names);
  return { leading: texts.slice(0, typeIndex), path: providerPath(type, names) };
}

/** Compiled Bicep parameter files write `'Microsoft.KeyVault', 'vaults', 'name'`. */
function withJoinedType(texts: readonly string[]): readonly string[] {
  const [namespace, type, name] = texts.slice(-3);
  if (texts.some((text) => text.includes('/')) || name === undefined || !namespace?.includes('.')) return texts;
  return [...texts.slice(0, -3), `${namespace}/${type}`, name];
}

function checkNameCount(functionName: string, type: string, names: readonly string[]): void {
  const required = typeSegments(type).length - 1;
  if (names.length === required) return;
  throw cannotEvaluate(functionName, `the type '${type}' requires '${required}' resource name argument(s).`);
}

function requireTexts(functionName: string, args: readonly Value[]): readonly string[] {
  return args.map((arg) => {
    if (arg.kind === 'String') return arg.value;
    throw cannotEvaluate(functionName, 'all function arguments must be string literals.');
  });
}

function cannotEvaluate(functionName: string, reason: string): TemplateFault {
  return new TemplateFault(
    `Unable to evaluate template language function '${functionName}': ${reason} Please see https://aka.ms/arm-resource-functions/#${functionName.toLowerCase()} for usage details.`,
  );
}

export const resourceIdFunctions: readonly TemplateFunction[] = [
  extensionResourceId,
  managementGroupResourceId,
  resourceId,
  subscriptionResourceId,
  tenantResourceId,
];
