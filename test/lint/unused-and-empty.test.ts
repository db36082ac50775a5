import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

const id = (collection: string, name: string) => ({ id: `[concat(variables('gw'), '/${collection}/${name}')]` });
const pool = (name: string, address?: string) => ({
  name,
  properties: address === undefined ? {} : { backendAddresses: [{ ipAddress: address }] },
});

/** What the rule says of its good example after a change to the gateway. */
function messagesOf(rule: string, change: (gateway: Gateway) => void): readonly string[] {
  const template = parse(readFileSync(new URL(`../../fixtures/rules/${rule}/good.json`, import.meta.url), 'utf8'));
  const gateway = template.resources.find(({ type }: { type: string }) => /applicationGateways$/.test(type));
  change(gateway);
  const { found } = lintText(JSON.stringify(template));
  return found.filter((each) => each.rule === rule).map(({ message }) => message);
}

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
