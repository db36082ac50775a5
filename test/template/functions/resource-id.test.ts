import { expect, test } from 'vitest';
import type { DeploymentScope } from '../../../src/template/deployment-context.ts';
import { call, callFault, evaluate, faultOf } from './call.ts';

const sub = '11111111-2222-3333-4444-555555555555';
const deployment = { subscriptionId: sub, resourceGroup: 'examplegroup', managementGroup: 'mg1' };
const group = `/subscriptions/${sub}/resourceGroups/examplegroup`;

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid
test.each([
  [
    'resourceId',
    ['Microsoft.Storage/storageAccounts', 'st'],
    `${group}/providers/Microsoft.Storage/storageAccounts/st`,
  ],
  [
    'resourceId',
    ['Other', 'Microsoft.Storage/storageAccounts', 'st'],
    `/subscriptions/${sub}/resourceGroups/Other/providers/Microsoft.Storage/storageAccounts/st`,
  ],
  [
    'resourceId',
    ['s2', 'Other', 'Microsoft.Storage/storageAccounts', 'st'],
    '/subscriptions/s2/resourceGroups/Other/providers/Microsoft.Storage/storageAccounts/st',
  ],
  [
    'resourceId',
    ['Microsoft.SQL/servers/databases', 'server', 'db'],
    `${group}/providers/Microsoft.SQL/servers/server/databases/db`,
  ],
  [
    'resourceId',
    ['Microsoft.Network/virtualNetworks/', 'vnet'],
    `${group}/providers/Microsoft.Network/virtualNetworks/vnet`,
  ],
  ['resourceId', ['Microsoft.KeyVault', 'vaults', 'kv'], `${group}/providers/Microsoft.KeyVault/vaults/kv`],
  [
    'resourceId',
    ['Other', 'Microsoft.KeyVault', 'vaults', 'kv'],
    `/subscriptions/${sub}/resourceGroups/Other/providers/Microsoft.KeyVault/vaults/kv`,
  ],
  [
    'resourceId',
    ['my.group', 'Microsoft.KeyVault/vaults', 'kv'],
    `/subscriptions/${sub}/resourceGroups/my.group/providers/Microsoft.KeyVault/vaults/kv`,
  ],
  [
    'subscriptionResourceId',
    ['Microsoft.Authorization/roleDefinitions', 'guid'],
    `/subscriptions/${sub}/providers/Microsoft.Authorization/roleDefinitions/guid`,
  ],
  [
    'subscriptionResourceId',
    ['s2', 'My.Rp/parent/child', 'p', 'c'],
    '/subscriptions/s2/providers/My.Rp/parent/p/child/c',
  ],
  ['tenantResourceId', ['Unit.Test/type', 'a'], '/providers/Unit.Test/type/a'],
  [
    'managementGroupResourceId',
    ['Microsoft.Authorization/policyDefinitions', 'p'],
    '/providers/Microsoft.Management/managementGroups/mg1/providers/Microsoft.Authorization/policyDefinitions/p',
  ],
  [
    'managementGroupResourceId',
    ['mg2', 'My.Rp/a', 'p'],
    '/providers/Microsoft.Management/managementGroups/mg2/providers/My.Rp/a/p',
  ],
  [
    'extensionResourceId',
    ['/subscriptions/s/providers/Unit.Test/type/a', 'Ext.Test/type', 'b'],
    '/subscriptions/s/providers/Unit.Test/type/a/providers/Ext.Test/type/b',
  ],
  [
    'extensionResourceId',
    ['/subscriptions/s/resourceGroups/g/', 'A.B/c/d', 'e', 'f'],
    '/subscriptions/s/resourceGroups/g/providers/A.B/c/e/d/f',
  ],
])('%s%j gives %s', (name, args, expected) => {
  expect(call(name, args, { deployment })).toMatchObject({ kind: 'String', value: expected });
});

test.each<[DeploymentScope, string]>([
  ['resourceGroup', `${group}/providers/My.Rp/a/b`],
  ['subscription', `/subscriptions/${sub}/providers/My.Rp/a/b`],
  ['managementGroup', '/providers/My.Rp/a/b'],
  ['tenant', '/providers/My.Rp/a/b'],
])('in a deployment to a %s resourceId gives %s', (scope, expected) => {
  expect(evaluate("[resourceId('My.Rp/a', 'b')]", { deployment: { ...deployment, scope } })).toBe(expected);
});

test('in a deployment to a subscription resourceId takes a subscription and nothing else', () => {
  const surroundings = { deployment: { ...deployment, scope: 'subscription' } } as const;
  expect(evaluate("[resourceId('s2', 'My.Rp/a', 'b')]", surroundings)).toBe('/subscriptions/s2/providers/My.Rp/a/b');
  expect(faultOf("[resourceId('s2', 'group', 'My.Rp/a', 'b')]", surroundings)).toContain("'s2,group,My.Rp/a,b'.");
});

test.each([
  [
    'resourceId',
    ['Microsoft.Compute/virtualMachines/extensions', 'vm1'],
    "the type 'Microsoft.Compute/virtualMachines/extensions' requires '2' resource name argument(s).",
  ],
  [
    'resourceId',
    ['a', 'b'],
    "function requires exactly one multi-segmented argument which must be resource type including resource provider namespace. Current function arguments 'a,b'.",
  ],
  [
    'resourceId',
    ['A.B/c', 'd/e'],
    "function requires exactly one multi-segmented argument which must be resource type including resource provider namespace. Current function arguments 'A.B/c,d/e'.",
  ],
  [
    'resourceId',
    ['1', '2', '3', 'A.B/c', 'd'],
    "function requires exactly one multi-segmented argument which must be resource type including resource provider namespace. Current function arguments '1,2,3,A.B/c,d'.",
  ],
  ['resourceId', ['A.B/c', 5], 'all function arguments must be string literals.'],
  [
    'tenantResourceId',
    ['s', 'A.B/c', 'd'],
    "function requires exactly one multi-segmented argument which must be resource type including resource provider namespace. Current function arguments 's,A.B/c,d'.",
  ],
  [
    'extensionResourceId',
    ['noId', 'A.B/c', 'd'],
    'function requires exactly two multi-segmented arguments. The first must be the parent resource id while the second must be resource type including resource provider namespace.',
  ],
  ['extensionResourceId', ['/a/b', 'A.B/c', 'd', 'e'], "the type 'A.B/c' requires '1' resource name argument(s)."],
])('%s%j is refused', (name, args, reason) => {
  expect(callFault(name, args)).toBe(
    `Unable to evaluate template language function '${name}': ${reason} Please see https://aka.ms/arm-resource-functions/#${name.toLowerCase()} for usage details.`,
  );
});
