import { expect, test } from 'vitest';
import { build, ref } from './gateway-json.ts';

const named = (name: string, properties: object = {}) => ({ name, properties });

test.each([
  ['a layer-4 listener', { listeners: [named('a', { frontendPort: ref('frontendPorts', 'none') })] }],
  ['layer-4 settings', { backendSettingsCollection: [named('a', { probe: ref('probes', 'none') })] }],
  ['a layer-4 rule', { routingRules: [named('a', { listener: ref('listeners', 'none') })] }],
  [
    'a frontend with private link',
    {
      frontendIPConfigurations: [named('a', { privateLinkConfiguration: ref('privateLinkConfigurations', 'none') })],
    },
  ],
  [
    'a rule that validates tokens',
    { requestRoutingRules: [named('a', { entraJWTValidationConfig: ref('entraJWTValidationConfigs', 'none') })] },
  ],
])('%s that refers to nothing is reported', (_, properties) => {
  const found = build(properties).diagnostics.map(({ azureCode }) => azureCode);
  expect(found).toEqual(['InvalidResourceReference']);
});

test.each([
  'gatewayIPConfigurations',
  'listeners',
  'routingRules',
  'backendSettingsCollection',
  'privateLinkConfigurations',
  'entraJWTValidationConfigs',
])('a name given twice in %s is reported once', (collection) => {
  const found = build({ [collection]: [named('a'), named('A')] }).diagnostics.map(({ azureCode }) => azureCode);
  expect(found).toEqual(['DuplicateResourceName']);
});

test('references that name something are nobody’s business', () => {
  const { diagnostics } = build({
    frontendPorts: [named('mail', { port: 25 })],
    backendAddressPools: [named('mail')],
    listeners: [named('mail', { frontendPort: ref('frontendPorts', 'mail') })],
    backendSettingsCollection: [named('mail', { port: 25, protocol: 'Tcp' })],
    routingRules: [
      named('mail', {
        listener: ref('listeners', 'mail'),
        backendAddressPool: ref('backendAddressPools', 'mail'),
        backendSettings: ref('backendSettingsCollection', 'mail'),
      }),
    ],
  });
  expect(diagnostics).toEqual([]);
});
