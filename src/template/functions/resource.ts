import { sameName } from '../../base/case-insensitive-map.ts';
import { type CallContext, defineFunction, type TemplateFunction } from './define-function.ts';
import { functionFault } from './function-fault.ts';

const reference = defineFunction({
  name: 'reference',
  family: 'resource',
  description: 'The properties of a resource once it is deployed, or with Full the whole resource.',
  parameters: [
    { name: 'resourceNameOrIdentifier', type: 'string' },
    { name: 'apiVersion', type: 'string', optional: true },
    { name: 'mode', type: 'string', optional: true },
  ],
  answersOfResource: true,
  allowedIn: ['resourceBody'],
  call: ([target, apiVersion, mode], { evaluation, site }) =>
    evaluation.reference({ target, apiVersion, full: isFull('reference', mode), site }),
});

const references = defineFunction({
  name: 'references',
  family: 'resource',
  description: 'The properties of all resources of a loop once they are deployed, or with Full the whole resources.',
  parameters: [
    { name: 'resourceSymbolicName', type: 'string' },
    { name: 'mode', type: 'string', optional: true },
  ],
  allowedIn: ['resourceBody'],
  call: ([symbol, mode], { evaluation, site }) => evaluation.references(symbol, isFull('references', mode), site),
});

function isFull(functionName: string, mode = 'Properties'): boolean {
  if (sameName(mode, 'Full')) return true;
  if (sameName(mode, 'Properties')) return false;
  throw functionFault(functionName, `The mode is '${mode}'; allowed: 'Full', 'Properties'.`);
}

const resourceInfo = defineFunction({
  name: 'resourceInfo',
  family: 'resource',
  description: 'The ID, name, type and API version of a resource of the template.',
  parameters: [{ name: 'resourceSymbolicName', type: 'string' }],
  allowedIn: ['resourceBody'],
  call: ([symbol], { evaluation, site }) => evaluation.resourceInfo(symbol, site),
});

function listAnswer(functionName: string, target: string, apiVersion: string, context: CallContext) {
  return context.evaluation.list({ functionName, target, apiVersion, site: context.site });
}

const listOutputsWithSecureValues = defineFunction({
  name: 'listOutputsWithSecureValues',
  family: 'resource',
  description: 'The outputs of a nested deployment with their secrets.',
  parameters: [
    { name: 'deploymentNameOrIdentifier', type: 'string' },
    { name: 'apiVersion', type: 'string' },
  ],
  answersOfResource: true,
  allowedIn: ['resourceBody'],
  call: ([target, apiVersion], context) => listAnswer('listOutputsWithSecureValues', target, apiVersion, context),
});

/** `listKeys`, `listSecrets`, `list` and whatever else a resource provider offers under such a name. */
export function listFunction(name: string): TemplateFunction {
  return defineFunction({
    name,
    family: 'resource',
    description: 'What a list operation of a resource provider answers, such as the keys of a storage account.',
    parameters: [
      { name: 'resourceNameOrIdentifier', type: 'string' },
      { name: 'apiVersion', type: 'string' },
      { name: 'functionValues', type: 'object', optional: true },
    ],
    answersOfResource: true,
    allowedIn: ['resourceBody'],
    call: ([target, apiVersion], context) => listAnswer(name, target, apiVersion, context),
  });
}

export const resourceFunctions: readonly TemplateFunction[] = [
  listFunction('list*'),
  listOutputsWithSecureValues,
  reference,
  references,
  resourceInfo,
];
