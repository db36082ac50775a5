import { TemplateFault } from '../template-fault.ts';
import { nullValue, objectValue, stringValue } from '../value.ts';
import { clouds } from './clouds.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';

const parameters = defineFunction({
  name: 'parameters',
  family: 'deployment',
  description: 'The value of a parameter.',
  parameters: [{ name: 'parameterName', type: 'string' }],
  call: ([name], { evaluation }) => evaluation.parameter(name),
});

const variables = defineFunction({
  name: 'variables',
  family: 'deployment',
  description: 'The value of a variable.',
  parameters: [{ name: 'variableName', type: 'string' }],
  call: ([name], { evaluation }) => evaluation.variable(name),
});

const deployment = defineFunction({
  name: 'deployment',
  family: 'deployment',
  description: 'The current deployment: its name, its template, its parameters.',
  parameters: [],
  call: (_, { evaluation }) => evaluation.deploymentObject(),
});

const deployer = defineFunction({
  name: 'deployer',
  family: 'deployment',
  description: 'Who deploys: the IDs of the principal and its tenant.',
  parameters: [],
  call: (_, { evaluation: { deployment: context } }) =>
    objectValue([
      ['objectId', stringValue(context.deployer.objectId)],
      ['tenantId', stringValue(context.deployer.tenantId ?? context.tenantId)],
      ['userPrincipalName', stringValue(context.deployer.userPrincipalName)],
    ]),
});

const environment = defineFunction({
  name: 'environment',
  family: 'deployment',
  description: 'The addresses and name suffixes of the Azure cloud.',
  parameters: [],
  call: (_, { evaluation }) => clouds[evaluation.deployment.cloud],
});

const target = defineFunction({
  name: 'target',
  family: 'deployment',
  description: 'The resource as it was before this deployment; offline there is none yet, so it is null.',
  parameters: [{ name: 'mode', type: 'string', optional: true }],
  call: () => nullValue(),
});

const externalInputs = defineFunction({
  name: 'externalInputs',
  family: 'deployment',
  description: 'An input that a parameter file takes from outside; for parameter files that Bicep compiled only.',
  parameters: [{ name: 'key', type: 'string' }],
  call: ([key], { evaluation }) => evaluation.externalInput(key),
});

const extensions = defineFunction({
  name: 'extensions',
  family: 'deployment',
  description: 'An extension of the template: its name, version and configuration.',
  parameters: [{ name: 'alias', type: 'string' }],
  call: ([alias], { evaluation }) => evaluation.extension(alias),
});

const fail = defineFunction({
  name: 'fail',
  family: 'deployment',
  description: 'Stops the deployment with a message.',
  parameters: [{ name: 'message', type: 'string' }],
  call: ([message]) => {
    throw new TemplateFault(message);
  },
});

export const deploymentFunctions: readonly TemplateFunction[] = [
  deployer,
  deployment,
  environment,
  extensions,
  externalInputs,
  fail,
  parameters,
  target,
  variables,
];
