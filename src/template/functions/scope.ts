import type { DeploymentContext, DeploymentScope } from '../deployment-context.ts';
import type { TemplateFault } from '../template-fault.ts';
import { fromJson, objectValue, stringValue, type Value } from '../value.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { misplacedFault } from './function-fault.ts';
import { managementGroupPrefix, resourceGroupPrefix, subscriptionPrefix } from './resource-path.ts';

const resourceGroup = defineFunction({
  name: 'resourceGroup',
  family: 'scope',
  description: 'The resource group deployed to; in deployments to a resource group only.',
  parameters: [],
  call: (_, { evaluation: { deployment } }) => {
    if (deployment.scope !== 'resourceGroup') throw wrongScope('resourceGroup', deployment.scope);
    return objectValue([
      ['id', stringValue(resourceGroupPrefix(deployment))],
      ['name', stringValue(deployment.resourceGroup)],
      ['type', stringValue('Microsoft.Resources/resourceGroups')],
      ['location', stringValue(deployment.location)],
      ...tagsOf(deployment),
      ['properties', objectValue([['provisioningState', stringValue('Succeeded')]])],
    ]);
  },
});

/** Azure leaves the tags out when the group has none. */
function tagsOf({ resourceGroupTags }: DeploymentContext): readonly (readonly [string, Value])[] {
  return Object.keys(resourceGroupTags).length === 0 ? [] : [['tags', fromJson(resourceGroupTags)]];
}

const subscription = defineFunction({
  name: 'subscription',
  family: 'scope',
  description: 'The subscription deployed to; in deployments to a resource group or a subscription only.',
  parameters: [],
  call: (_, { evaluation: { deployment } }) => {
    if (deployment.scope !== 'resourceGroup' && deployment.scope !== 'subscription') {
      throw wrongScope('subscription', deployment.scope);
    }
    return objectValue([
      ['id', stringValue(subscriptionPrefix(deployment))],
      ['subscriptionId', stringValue(deployment.subscriptionId)],
      ['tenantId', stringValue(deployment.tenantId)],
      ['displayName', stringValue(deployment.subscriptionName)],
    ]);
  },
});

const managementGroup = defineFunction({
  name: 'managementGroup',
  family: 'scope',
  description: 'The management group deployed to; in deployments to a management group only.',
  parameters: [],
  call: (_, { evaluation: { deployment } }) => {
    if (deployment.scope !== 'managementGroup') throw wrongScope('managementGroup', deployment.scope);
    const { managementGroup: name, tenantId } = deployment;
    const parent = { displayName: 'Tenant Root Group', id: managementGroupPrefix(tenantId), name: tenantId };
    return fromJson({
      id: managementGroupPrefix(name),
      name,
      properties: { details: { parent, version: '1' }, displayName: name, tenantId },
      type: '/providers/Microsoft.Management/managementGroups',
    });
  },
});

const tenant = defineFunction({
  name: 'tenant',
  family: 'scope',
  description: 'The tenant deployed to.',
  parameters: [],
  call: (_, { evaluation: { deployment } }) =>
    fromJson({
      countryCode: 'US',
      // Nobody signs in offline, so there is no name to show.
      displayName: 'agate',
      id: `/tenants/${deployment.tenantId}`,
      tenantId: deployment.tenantId,
    }),
});

const scopeNames: Readonly<Record<DeploymentScope, string>> = {
  resourceGroup: 'a resource group',
  subscription: 'a subscription',
  managementGroup: 'a management group',
  tenant: 'a tenant',
};

function wrongScope(name: string, scope: DeploymentScope): TemplateFault {
  return misplacedFault(name, `This is a deployment to ${scopeNames[scope]}, where '${name}()' has no value.`);
}

export const scopeFunctions: readonly TemplateFunction[] = [managementGroup, resourceGroup, subscription, tenant];
