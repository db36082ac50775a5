import { expect, test } from 'vitest';
import { callFault, evaluate, faultOf } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource
test.each([
  ["[reference('vm')]", { target: 'vm', apiVersion: null, full: false, site: null }],
  ["[reference('vm', '2024-01-01')]", { target: 'vm', apiVersion: '2024-01-01', full: false, site: null }],
  ["[reference('vm', '2024-01-01', 'FULL')]", { target: 'vm', apiVersion: '2024-01-01', full: true, site: null }],
  [
    "[reference('vm', '2024-01-01', 'properties')]",
    { target: 'vm', apiVersion: '2024-01-01', full: false, site: null },
  ],
  ["[references('loop', 'full')]", { symbol: 'loop', full: true }],
  ["[resourceInfo('vm')]", { symbol: 'vm' }],
  ["[listKeys('st', '2023-05-01')]", { functionName: 'listKeys', target: 'st', apiVersion: '2023-05-01', site: null }],
  [
    "[LISTaccountSas('st', '2023-05-01', createObject())]",
    { functionName: 'LISTaccountSas', target: 'st', apiVersion: '2023-05-01', site: null },
  ],
  [
    "[listOutputsWithSecureValues('dep', '2022-09-01')]",
    { functionName: 'listOutputsWithSecureValues', target: 'dep', apiVersion: '2022-09-01', site: null },
  ],
])('%s asks the deployment for %j', (expression, request) => expect(evaluate(expression)).toEqual(request));

test.each([
  "reference('a')",
  "references('a')",
  "resourceInfo('a')",
  "listKeys('a', 'b')",
  "toLogicalZone('a', 'b', 'c')",
])('%s may only stand in resources and outputs', (expression) => {
  const name = expression.slice(0, expression.indexOf('('));
  for (const place of ['other', 'parameterDefault'] as const) {
    expect(faultOf(`[${expression}]`, { place })).toBe(
      `The template function '${name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
    );
  }
});

test('reference knows two modes', () => {
  expect(callFault('reference', ['a', 'b', 'all'])).toBe(
    "Unable to evaluate the template language function 'reference'. The mode is 'all'; allowed: 'Full', 'Properties'. Please see https://aka.ms/arm-function-reference for usage details.",
  );
});

test.each([
  ["[pickZones('Microsoft.Compute', 'virtualMachines', 'westus2')]", ['1']],
  ["[pickZones('Microsoft.Compute', 'virtualMachines', 'westus')]", []],
  ["[pickZones('Microsoft.Cdn', 'profiles', 'westus2')]", []],
  ["[pickZones('microsoft.network', 'applicationgateways', 'West Europe', 3)]", ['1', '2', '3']],
  ["[pickZones('Microsoft.Network', 'publicIPAddresses', 'westeurope', 2, 1)]", ['2', '3']],
  ["[toLogicalZone('sub', 'westus2', 'westus2-az2')]", '2'],
  ["[toPhysicalZone('sub', 'West US 2', '3')]", 'westus2-az3'],
  ["[toLogicalZones('sub', 'westus2', createArray('westus2-az1', 'westus2-az3'))]", ['1', '3']],
  ["[toPhysicalZones('sub', 'westus2', createArray('1', '2'))]", ['westus2-az1', 'westus2-az2']],
  ["[toPhysicalZones('sub', 'westus2', createArray())]", []],
])('%s gives %j', (expression, expected) => expect(evaluate(expression)).toEqual(expected));

test.each([
  [
    'pickZones',
    ['Microsoft.Compute', 'virtualMachines', 'westus2', 4],
    "The number of zones must be between 1 and 3. The number of zones parameter: '4'.",
  ],
  [
    'pickZones',
    ['Microsoft.Compute', 'virtualMachines', 'westus2', 1, 3],
    "The offset must be between 0 and 2. The offset parameter: '3'.",
  ],
  [
    'pickZones',
    ['Microsoft.Compute', 'virtualMachines', 'westus2', 2, 2],
    "The region 'westus2' has 3 zones, too few for 2 from offset 2 on.",
  ],
  ['toPhysicalZone', ['sub', 'westus2', '4'], "'4' is no logical zone; allowed: '1', '2', '3'."],
  [
    'toLogicalZone',
    ['sub', 'westus2', 'eastus-az1'],
    "'eastus-az1' is no physical zone of 'westus2'; one is 'westus2-az1'.",
  ],
  ['toPhysicalZones', ['sub', 'westus2', [1]], "The zones must be of type 'String'. One is of type 'Integer'."],
  ['roleDefinitions', ['Emperor'], "Agate does not know the built-in role 'Emperor'. Use the role's GUID instead."],
  [
    'providers',
    ['Microsoft.Web', 'fleets'],
    "Agate does not know the type 'fleets' of 'Microsoft.Web'. It knows 'serverfarms', 'sites'.",
  ],
])('%s%j is refused', (name, args, reason) => {
  expect(callFault(name, args)).toBe(
    `Unable to evaluate the template language function '${name}'. ${reason} Please see https://aka.ms/arm-function-${name.toLowerCase()} for usage details.`,
  );
});

test('roleDefinitions finds a built-in role in any case', () => {
  expect(evaluate("[roleDefinitions('contributor')]")).toEqual({
    id: '/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c',
    roleDefinitionId: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  });
});

test('providers tells the types and API versions it knows', () => {
  expect(evaluate("[providers('microsoft.network', 'applicationgateways').resourceType]")).toBe('applicationGateways');
  expect(evaluate("[contains(providers('Microsoft.Network', 'virtualNetworks').locations, 'West Europe')]")).toBe(true);
  expect(evaluate("[length(providers('Microsoft.Web').resourceTypes)]")).toBe(2);
  expect(faultOf("[providers('Contoso.Own')]")).toContain("Agate does not know the resource provider 'Contoso.Own'.");
});
