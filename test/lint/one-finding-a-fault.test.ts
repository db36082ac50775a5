import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dropRepeats } from '../../src/lint/drop-repeats.ts';
import { lintText } from './lint-text.ts';

const bad = (rule: string) => readFileSync(new URL(`../../fixtures/rules/${rule}/bad.json`, import.meta.url), 'utf8');

const rulesOf = (text: string) => {
  const { earlier, found } = lintText(text);
  return [...earlier, ...found].map(({ rule }) => rule);
};

test('settings whose default probe asks for the wrong host are not told, too, that they have no probe', () => {
  const rules = rulesOf(bad('default-probe-of-named-site'));
  expect(rules).toContain('default-probe-of-named-site');
  expect(rules).not.toContain('no-custom-probe');
});

test('what is no api-version is not called an old one', () => {
  const text = bad('old-api-version').replace(/"apiVersion": "[^"]*"/g, '"apiVersion": "%version%"');
  const rules = rulesOf(text);
  expect(rules).toContain('unknown-api-version');
  expect(rules).not.toContain('old-api-version');
});

test.each([
  ['alone', '"location": "[parameters(\'nowhere\')]"'],
  ['beside null', '"location": "[parameters(\'nowhere\')]", "tags": null'],
])('a location that cannot be evaluated, %s, is not called missing', (_, location) => {
  const text = bad('capacity-missing').replace('"location": "westeurope"', location);
  const rules = rulesOf(text);
  expect(rules).toContain('property-left-out');
  expect(rules).not.toContain('location-missing');
});

test('a reference to something that is no public address is not judged as one', () => {
  const network =
    '{ "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "ip", "location": "westeurope" }';
  const text = bad('capacity-missing')
    .replace("'Microsoft.Network/publicIPAddresses', 'ip'", "'Microsoft.Network/virtualNetworks', 'ip'")
    .replace('"resources": [', `"resources": [${network},`);
  const rules = rulesOf(text);
  expect(rules).toContain('outside-reference-invalid');
  expect(rules.filter((rule) => rule.startsWith('public-ip'))).toEqual([]);
});

test('a frontend without any address does not make a gateway a private one', () => {
  const rules = rulesOf(bad('frontend-ip-without-address'));
  expect(rules).toContain('frontend-ip-without-address');
  expect(rules).not.toContain('private-only-gateway');
});

test('a pool with what is no address is not called empty', () => {
  const text = bad('capacity-missing').replace('[{ "ipAddress": "10.0.1.4" }]', '["10.0.1.4"]');
  const rules = rulesOf(text);
  expect(rules).toContain('wrong-type');
  expect(rules).not.toContain('empty-pool');
});

test('a SKU that is no object is told as such alone', () => {
  const text = bad('capacity-missing').replace(/"sku": \{[^}]*\}/, '"sku": "Standard_v2"');
  const rules = rulesOf(text);
  expect(rules).toContain('wrong-type');
  expect(rules).not.toContain('sku-missing');
  expect(rules).not.toContain('capacity-missing');
});

test('what several resources share in one place is told once', () => {
  const { earlier } = lintText('{ "resources": [,] }');
  expect(dropRepeats([...earlier, ...earlier])).toEqual(dropRepeats(earlier));
  const placeless = earlier.map((finding) => ({ ...finding, range: null }));
  expect(dropRepeats([...placeless, ...placeless]).length).toBe(2 * placeless.length);
  expect(placeless.length).toBeGreaterThan(0);
});
