import { describe, expect, test } from 'vitest';
import type { DeploymentScope } from '../../../src/template/deployment-context.ts';
import { evaluate, faultOf } from './call.ts';

const deployment = {
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  tenantId: '99999999-2222-3333-4444-555555555555',
  subscriptionName: 'Contoso',
  resourceGroup: 'ExampleGroup',
  managementGroup: 'mg1',
  location: 'southcentralus',
};

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment
test.each([
  ["[parameters('SIZE')]", 3],
  ["[variables('name')]", 'web'],
  ["[variables(variables('pointer'))]", 'web'],
  ['[environment().name]', 'AzureCloud'],
  ['[environment().suffixes.storage]', 'core.windows.net'],
  ['[environment().suffixes.keyvaultDns]', '.vault.azure.net'],
  ['[environment().authentication.audiences[1]]', 'https://management.azure.com/'],
  ['[deployment().name]', 'azuredeploy'],
  ['[deployer().tenantId]', deployment.tenantId],
  ["[target('full')]", null],
])('%s gives %j', (expression, expected) => {
  const surroundings = { deployment, parameters: { size: 3 }, variables: { name: 'web', pointer: 'name' } };
  expect(evaluate(expression, surroundings)).toEqual(expected);
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-scope
describe('scopes', () => {
  test('resourceGroup tells the group as it was spelled, with tags when it has any', () => {
    const group = {
      id: '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ExampleGroup',
      name: 'ExampleGroup',
      type: 'Microsoft.Resources/resourceGroups',
      location: 'southcentralus',
      properties: { provisioningState: 'Succeeded' },
    };
    expect(evaluate('[resourceGroup()]', { deployment })).toEqual(group);
    const resourceGroupTags = { cost: 'none' };
    expect(evaluate('[resourceGroup()]', { deployment: { ...deployment, resourceGroupTags } })).toEqual({
      ...group,
      tags: resourceGroupTags,
    });
  });

  test('subscription, managementGroup and tenant tell their IDs', () => {
    expect(evaluate('[subscription()]', { deployment })).toEqual({
      id: '/subscriptions/11111111-2222-3333-4444-555555555555',
      subscriptionId: deployment.subscriptionId,
      tenantId: deployment.tenantId,
      displayName: 'Contoso',
    });
    expect(evaluate('[managementGroup()]', { deployment: { ...deployment, scope: 'managementGroup' } })).toMatchObject({
      id: '/providers/Microsoft.Management/managementGroups/mg1',
      name: 'mg1',
      properties: { displayName: 'mg1', tenantId: deployment.tenantId },
    });
    expect(evaluate('[tenant()]', { deployment })).toMatchObject({
      id: `/tenants/${deployment.tenantId}`,
      tenantId: deployment.tenantId,
    });
  });

  const allowed: Readonly<Record<string, readonly DeploymentScope[]>> = {
    resourceGroup: ['resourceGroup'],
    subscription: ['resourceGroup', 'subscription'],
    managementGroup: ['managementGroup'],
    tenant: ['resourceGroup', 'subscription', 'managementGroup', 'tenant'],
  };
  const scopes: readonly DeploymentScope[] = ['resourceGroup', 'subscription', 'managementGroup', 'tenant'];
  const rows = Object.entries(allowed).flatMap(([name, where]) =>
    scopes.map((scope) => [name, scope, where.includes(scope)] as const),
  );

  test.each(rows)('%s() in a deployment to a %s has a value: %s', (name, scope, isAllowed) => {
    const surroundings = { deployment: { ...deployment, scope } };
    if (isAllowed) expect(evaluate(`[${name}().id]`, surroundings)).toContain('/');
    else
      expect(faultOf(`[${name}()]`, surroundings)).toBe(
        `The template function '${name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
      );
  });
});

test('fail stops with its message', () => {
  expect(faultOf("[fail(concat('Too ', 'small'))]")).toBe('Too small');
});

test.each([
  ['AzureCloud', '.vault.azure.net', 'https://management.azure.com/'],
  ['AzureUSGovernment', '.vault.usgovcloudapi.net', 'https://management.usgovcloudapi.net/'],
  ['AzureChinaCloud', '.vault.azure.cn', 'https://management.chinacloudapi.cn/'],
] as const)('environment() of %s', (cloud, keyvaultDns, resourceManager) => {
  const surroundings = { deployment: { cloud } };
  expect(evaluate('[environment().name]', surroundings)).toBe(cloud);
  expect(evaluate('[environment().suffixes.keyvaultDns]', surroundings)).toBe(keyvaultDns);
  expect(evaluate('[environment().resourceManager]', surroundings)).toBe(resourceManager);
});

test('deployer() is whoever deploys', () => {
  const deployer = { objectId: 'o', tenantId: 't', userPrincipalName: 'me@contoso.com' };
  expect(evaluate('[deployer()]', { deployment: { deployer } })).toEqual(deployer);
});
