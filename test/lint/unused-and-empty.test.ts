import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { lintText } from './lint-text.ts';

const id = (collection: string, name: string) => ({ id: `[concat(variables('gw'), '/${collection}/${name}')]` });
const pool = (name: string, address?: string) => ({
  name,
  properties: address === undefined ? {} : { backendAddresses: [{ ipAddress: address }] },
});

/** What the rule finds in its good example after a change to the gateway. */
function findingsOf(rule: string, change: (gateway: Gateway) => void): readonly Diagnostic[] {
  const template = parse(readFileSync(new URL(`../../fixtures/rules/${rule}/good.json`, import.meta.url), 'utf8'));
  const gateway = template.resources.find(({ type }: { type: string }) => /applicationGateways$/.test(type));
  change(gateway);
  const { found } = lintText(JSON.stringify(template));
  return found.filter((each) => each.rule === rule);
}

const messagesOf = (rule: string, change: (gateway: Gateway) => void) =>
  findingsOf(rule, change).map(({ message }) => message);

interface Gateway {
  sku?: object;
  properties: { sku?: { name: string; tier: string }; backendAddressPools: object[]; [member: string]: unknown };
}

test('a pool of a path map that no rule uses is sent nothing', () => {
  const messages = messagesOf('empty-pool', ({ properties }) => {
    properties.backendAddressPools.push(pool('later'));
    const targets = {
      defaultBackendAddressPool: id('backendAddressPools', 'later'),
      defaultBackendHttpSettings: id('backendHttpSettingsCollection', 'web'),
    };
    properties['urlPathMaps'] = [{ name: 'later', properties: { ...targets, pathRules: [] } }];
  });
  expect(messages).toEqual([]);
});

test('what the second of two targets with one name refers to is used', () => {
  const unused = (names: readonly string[]) =>
    messagesOf('unused-object', ({ properties }) => {
      properties.backendAddressPools.push(pool('a', '10.0.1.5'), pool('b', '10.0.1.6'), pool('c', '10.0.1.7'));
      const targets = names.map((name, index) => ({
        name,
        properties: { weightPerServer: 50, backendAddressPool: id('backendAddressPools', index === 0 ? 'a' : 'b') },
      }));
      properties['loadDistributionPolicies'] = [{ name: 'split', properties: { loadDistributionTargets: targets } }];
    });
  expect(unused(['one', 'two'])).toContain("Nothing uses backend pool 'c'.");
  expect(unused(['one', 'ONE'])).toEqual([]);
});

test('a gateway whose SKU stands in the wrong place, or that has a policy, is not said to have no firewall', () => {
  const rule = 'public-gateway-without-waf';
  const standard = { name: 'Standard_v2', tier: 'Standard_v2' };
  expect(
    messagesOf(rule, ({ properties }) => Object.assign(properties, { sku: standard, firewallPolicy: null })),
  ).toHaveLength(1);
  expect(messagesOf(rule, ({ properties }) => Object.assign(properties, { sku: null, firewallPolicy: null }))).toEqual(
    [],
  );
  const policy = { id: "[resourceId('Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies', 'waf')]" };
  expect(
    messagesOf(rule, ({ properties }) => Object.assign(properties, { sku: standard, firewallPolicy: policy })),
  ).toEqual([]);
});

test.each([
  [
    'a SKU beside the properties is told as what does not exist there, and not as missing',
    { sku: { name: 'Basic' } },
    [],
  ],
  ['a SKU that is null', {}, ["Gateway 'gw' has no SKU; give it 'Standard_v2' or 'WAF_v2', as name and as tier."]],
])('%s', (_, members, messages) => {
  const found = messagesOf('sku-missing', (gateway) => {
    Object.assign(gateway, members);
    Object.assign(gateway.properties, { sku: null });
  });
  expect(found).toEqual(messages);
});

test('a SKU without a name', () => {
  const found = messagesOf('sku-missing', ({ properties }) => Object.assign(properties, { sku: { capacity: 2 } }));
  expect(found).toEqual([
    "Gateway 'gw' has no name of its SKU; give it 'Standard_v2' or 'WAF_v2', as name and as tier.",
  ]);
});

test.each([
  ['backendAddressPools', 'BackendAddressPool'],
  ['backendHttpSettingsCollection', 'BackendHttpSettings'],
  ['frontendIPConfigurations', 'FrontendIpConfiguration'],
])('a gateway without %s has Azure’s words for it', (collection, type) => {
  const [finding] = findingsOf('collection-empty', ({ properties }) => Object.assign(properties, { [collection]: [] }));
  expect(finding?.message).toBe(`Gateway 'gw' has no '${collection}'; Azure needs one of each.`);
  expect(finding?.azureCode).toBe('ApplicationGatewayMustHaveAtleastOneResourceOfType');
  expect(finding?.azureMessage).toMatch(new RegExp(`^At least one ${type} resource must be specified for .*/gw\\.$`));
});

test('a gateway without anything gets what Azure says of it', () => {
  const [finding, ...others] = findingsOf('collection-empty', ({ properties }) => {
    for (const [name, value] of Object.entries(properties)) {
      if (Array.isArray(value) && name !== 'gatewayIPConfigurations') properties[name] = [];
    }
  });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ azureCode: 'InternalServerError', azureMessage: 'An error occurred.' });
});

test('settings of layer 4 are settings, too', () => {
  const messages = messagesOf('collection-empty', ({ properties }) => {
    properties['backendHttpSettingsCollection'] = [];
    properties['backendSettingsCollection'] = [{ name: 'db', properties: { port: 1433, protocol: 'Tcp' } }];
  });
  expect(messages).toEqual([]);
});

test('a path map whose path rules are not written has none', () => {
  const messages = messagesOf('path-map-without-rules', ({ properties }) => {
    const [map] = properties['urlPathMaps'] as readonly { properties: object }[];
    Object.assign(map?.properties ?? {}, { pathRules: undefined });
  });
  expect(messages).toEqual([
    "Path map 'paths' has no path rules; add one, or send the listener's requests on with a rule of type Basic.",
  ]);
});

test('path rules that are no list are told as such alone', () => {
  const messages = messagesOf('path-map-without-rules', ({ properties }) => {
    const [map] = properties['urlPathMaps'] as readonly { properties: object }[];
    Object.assign(map?.properties ?? {}, { pathRules: {} });
  });
  expect(messages).toEqual([]);
});
