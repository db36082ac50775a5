import { TemplateFault } from '../template-fault.ts';
import { nullValue, objectValue, stringValue } from '../value.ts';
import { azureCloud } from './azure-cloud.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { misplacedFault } from './function-fault.ts';

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
  // Nobody signs in offline, so the principal is the zero GUID; as for a service principal, there is no user name.
  call: (_, { evaluation }) =>
    objectValue([
      ['objectId', stringValue('00000000-0000-0000-0000-000000000000')],
      ['tenantId', stringValue(evaluation.deployment.tenantId)],
      ['userPrincipalName', stringValue('')],
    ]),
});

const environment = defineFunction({
  name: 'environment',
  family: 'deployment',
  description: 'The addresses and name suffixes of the Azure cloud.',
  parameters: [],
  call: () => azureCloud,
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
  description: 'A value that a parameter file takes from outside; for parameter files only.',
  parameters: [{ name: 'key', type: 'string' }],
  call: ([key]) => {
    throw misplacedFault(
      'externalInputs',
      `Only parameter files compiled by Bicep take external inputs. Pass the value of the parameter that uses '${key}' instead.`,
    );
  },
});

const extensions = defineFunction({
  name: 'extensions',
  family: 'deployment',
  description: 'The configuration of an extension; not available offline.',
  parameters: [{ name: 'alias', type: 'string' }],
  call: ([alias]) => {
    throw misplacedFault('extensions', `Agate does not run extensions; '${alias}' is one.`);
  },
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
