import { expect, test } from 'vitest';
import { templateHash } from '../../src/template/template-hash.ts';
import { fromJson, toJson } from '../../src/template/value.ts';
import { evaluate, parse, templateText } from './evaluate.ts';

/** A module as Bicep 0.4.63 compiled it, without the hash that it wrote into the metadata afterwards. */
const module = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  metadata: { _generator: { name: 'bicep', version: '0.4.63.48766' } },
  parameters: {
    appGatewayName: { type: 'string' },
    location: { type: 'string', defaultValue: '[resourceGroup().location]' },
    primaryVnetName: { type: 'string' },
    primarySubnetId: { type: 'string' },
  },
  functions: [],
  variables: {
    appGatewayNameFQDN: "[format('{0}-{1}', parameters('appGatewayName'), parameters('location'))]",
    appGatewayPrimaryNSG: "[format('{0}-nsg', variables('appGatewayNameFQDN'))]",
    subnetName: '/subnets/AppGateway',
  },
  resources: [
    {
      type: 'Microsoft.Network/virtualNetworks/subnets',
      apiVersion: '2020-06-01',
      name: "[format('{0}{1}', parameters('primaryVnetName'), variables('subnetName'))]",
      properties: {
        addressPrefix: "[reference(parameters('primarySubnetId')).addressPrefix]",
        networkSecurityGroup: {
          id: "[resourceId('Microsoft.Network/networkSecurityGroups', variables('appGatewayPrimaryNSG'))]",
        },
      },
    },
  ],
};

test('the hash of a template is the one that Bicep writes', () => {
  expect(templateHash(fromJson(module))).toBe('6869409237426869566');
});

test('blanks and letter case do not count, the order of members does', () => {
  const hash = templateHash(parse('{"a":1,"b":2}'));
  expect(templateHash(parse('{ "A": 1,\n  "b": 2 }'))).toBe(hash);
  expect(templateHash(parse('{"b":2,"a":1}'))).not.toBe(hash);
});

test('deployment() tells it', () => {
  const sections = { outputs: { r: { type: 'string', value: '[deployment().properties.templateHash]' } } };
  const text = templateText(sections);
  expect(evaluate(text).outputs).toEqual({ r: templateHash(fromJson(toJson(parse(text)))) });
});
