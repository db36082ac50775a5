import { sameName } from '../../base/case-insensitive-map.ts';
import { azureFrames } from '../azure-messages.ts';
import type { DeploymentContext } from '../deployment-context.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateString } from '../evaluate-string.ts';
import { evaluateValue } from '../evaluate-value.ts';
import type { ResourceInstance } from '../resources/resource-instance.ts';
import { evaluatedText } from '../resources/resource-target.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import type { Scope } from '../scope.ts';
import { LimitFault, TemplateFault } from '../template-fault.ts';
import { TemplateLevel } from '../template-level.ts';
import { readTemplateSections, type TemplateSections } from '../template-sections.ts';
import { getMember, getValue, type ObjectValue, type Value } from '../value.ts';
import { deploymentTarget } from './deployment-target.ts';
import { findLinked } from './find-linked.ts';
import { passedExtensionConfigs } from './passed-extension-configs.ts';
import { passedParameters } from './passed-parameters.ts';

interface NestedTemplate {
  readonly template: ObjectValue;
  readonly location: string;
  readonly templateUri: string | undefined;
  readonly isLinked: boolean;
}

/** Opens the template of a nested deployment; undefined, with a finding, when that cannot be done. */
export function openNestedLevel(deployment: ResourceInstance): TemplateLevel | undefined {
  const { run } = deployment.parts.level;
  try {
    return open(deployment);
  } catch (error) {
    if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
    const { name, origin } = deployment;
    run.findings.fault(error, kinds.invalidDeployment, (inner) => azureFrames.resource(name, origin, inner), {
      span: origin,
      what: `nested deployment '${name}'`,
      consequence: 'Its template is left out.',
    });
    return undefined;
  }
}

function open(deployment: ResourceInstance): TemplateLevel {
  const { level, raw, scope: declared } = deployment.parts;
  checkDeployment(deployment);
  const scope = declared.atPlace('resourceBody');
  const properties = getValue(raw, 'properties');
  if (properties?.kind !== 'Object') {
    throw new TemplateFault("A nested deployment needs 'properties' with a 'template' or a 'templateLink'.", {
      span: raw.origin,
    });
  }
  checkMode(deployment, properties, scope);
  const nested = nestedTemplate(deployment, properties, scope);
  const { run } = level;
  const sections = readTemplateSections(nested.template, run.findings, run.budget.limits, 'nested');
  checkContentVersion(properties, sections, scope);
  const isOuter = !nested.isLinked && !hasInnerScope(properties, scope);
  if (isOuter) reportUnreadParameters(deployment, properties);
  return new TemplateLevel({
    run,
    sections,
    supplied: passedParameters(deployment, properties, scope),
    extensionConfigs: passedExtensionConfigs(properties, scope),
    target: targetOf(deployment, sections, scope),
    path: [...level.path, deployment.name],
    outerScope: isOuter ? declared : undefined,
    location: nested.location,
    templateUri: nested.templateUri,
  });
}

function checkDeployment({ name, origin, parts }: ResourceInstance): void {
  const { run, path } = parts.level;
  const { deploymentDepth, deploymentNameLength } = run.budget.limits;
  if (path.length >= deploymentDepth) {
    throw new LimitFault(`Nested deployments stand in one another more than ${deploymentDepth} levels deep.`, {
      span: origin,
      kind: kinds.limitExceeded,
    });
  }
  if (name.length > deploymentNameLength) {
    run.findings.report(kinds.invalidDeployment, {
      message: `The deployment name '${name}' has ${name.length} characters; the limit is ${deploymentNameLength}.`,
      span: parts.name.origin ?? origin,
      azureCode: 'DeploymentNameLengthLimitExceeded',
    });
  }
  if (!/^[-\w.()]+$/.test(name) && !isMadeUp(parts.name)) {
    run.findings.report(kinds.invalidDeployment, {
      message: `The deployment name '${name}' is not valid: it can have letters, digits, '-', '_', '.', '(' and ')'.`,
      span: parts.name.origin ?? origin,
      azureCode: 'DeploymentNameInvalidCharacters',
    });
  }
}

/** https://learn.microsoft.com/azure/templates/microsoft.resources/deployments */
function checkMode({ parts }: ResourceInstance, properties: ObjectValue, scope: Scope): void {
  const raw = getValue(properties, 'mode');
  const mode = raw?.kind === 'String' ? evaluateString(raw, scope) : raw;
  if (mode !== undefined && isMadeUp(mode)) return;
  if (mode?.kind === 'String' && (sameName(mode.value, 'Incremental') || sameName(mode.value, 'Complete'))) return;
  const found = mode === undefined ? 'is missing' : `is ${mode.kind === 'String' ? `'${mode.value}'` : mode.kind}`;
  parts.level.run.findings.report(kinds.invalidDeployment, {
    message: `The 'mode' of the nested deployment '${parts.name.value}' ${found}; allowed: 'Incremental', 'Complete'.`,
    span: raw?.origin ?? parts.name.origin ?? parts.raw.origin,
  });
}

function nestedTemplate(deployment: ResourceInstance, properties: ObjectValue, scope: Scope): NestedTemplate {
  const { level } = deployment.parts;
  const inline = getMember(properties, 'template');
  const link = getMember(properties, 'templateLink');
  if (inline !== undefined && link !== undefined) {
    throw new TemplateFault(
      "The nested deployment has both 'template' and 'templateLink'; only one of them can be given.",
      {
        span: link.keySpan ?? link.value.origin,
      },
    );
  }
  if (inline !== undefined) {
    const template = inline.value.kind === 'String' ? evaluateString(inline.value, scope) : inline.value;
    if (template.kind !== 'Object') {
      throw new TemplateFault(`The nested 'template' is of type '${template.kind}'; it must be an object.`, {
        span: inline.value.origin,
      });
    }
    return { template, location: level.location, templateUri: undefined, isLinked: false };
  }
  if (link === undefined) {
    throw new TemplateFault("The nested deployment has neither 'template' nor 'templateLink'.", {
      span: properties.origin,
    });
  }
  const { value, location, uri } = findLinked('template', link.value, level, scope);
  return { template: value, location, templateUri: uri, isLinked: true };
}

/** In outer scope, `parameters()` are those of the template around. */
function reportUnreadParameters({ name, parts }: ResourceInstance, properties: ObjectValue): void {
  const passed = getMember(properties, 'parameters');
  if (passed?.value.kind !== 'Object' || passed.value.members.size === 0) return;
  parts.level.run.findings.report(kinds.unreadParameters, {
    message: `The parameters passed to the nested deployment '${name}' are never read: its template is evaluated with the parameters around it.`,
    span: passed.keySpan ?? passed.value.origin,
    hint: "Set properties.expressionEvaluationOptions.scope to 'inner' to use its own.",
  });
}

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#expression-evaluation-scope-in-nested-templates */
function hasInnerScope(properties: ObjectValue, scope: Scope): boolean {
  const options = getValue(properties, 'expressionEvaluationOptions');
  if (options?.kind !== 'Object') return false;
  return evaluatedText(options, 'scope', scope)?.toUpperCase() === 'INNER';
}

/** Where the nested deployment goes, under its own name. */
function targetOf(deployment: ResourceInstance, sections: TemplateSections, scope: Scope): DeploymentContext {
  const { raw, level } = deployment.parts;
  const declared = deploymentTarget(
    {
      scope: evaluatedText(raw, 'scope', scope),
      subscriptionId: evaluatedText(raw, 'subscriptionId', scope),
      resourceGroup: evaluatedText(raw, 'resourceGroup', scope),
    },
    level.target,
  );
  const location = evaluatedText(raw, 'location', scope) ?? declared.location;
  // A template for a subscription that is deployed from a resource group goes to the group's subscription.
  const isHigher = sections.scope === 'subscription' && declared.scope === 'resourceGroup';
  const isElsewhere = declared.scope !== 'resourceGroup' || isHigher;
  return {
    ...declared,
    scope: isHigher ? 'subscription' : declared.scope,
    location: isElsewhere ? location : groupLocation(deployment, declared),
    name: deployment.name,
  };
}

/** The region of a resource group that the same templates create. */
function groupLocation(
  { parts }: ResourceInstance,
  { subscriptionId, resourceGroup, location }: DeploymentContext,
): string {
  const group = parts.level.run.resources.known(`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`);
  const declared = group === undefined ? undefined : getValue(group.body(), 'location');
  return declared?.kind === 'String' ? declared.value : location;
}

function checkContentVersion(properties: ObjectValue, sections: TemplateSections, scope: Scope): void {
  const link = getValue(properties, 'templateLink');
  const expected = link?.kind === 'Object' ? getValue(link, 'contentVersion') : undefined;
  if (expected === undefined || sections.contentVersion === undefined) return;
  const version: Value = evaluateValue(expected, scope);
  if (version.kind !== 'String' || version.value === sections.contentVersion) return;
  throw new TemplateFault(
    `The content version '${version.value}' of the template link does not match the content version '${sections.contentVersion}' of the linked template.`,
    { span: expected.origin },
  );
}
