import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

/** The errors in a template with one parameter that nobody gave. */
function errorsOf(parameter: object, resource: object): readonly string[] {
  const { earlier, found } = lintText(
    JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: { it: parameter },
      resources: [{ type: 'Microsoft.Network/publicIPAddresses', apiVersion: '2024-05-01', name: 'ip', ...resource }],
    }),
  );
  return [...earlier, ...found].filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

const text = { type: 'string' };
const object = { type: 'object' };

test.each([
  ['an api-version', text, { apiVersion: "[parameters('it')]" }],
  ['a condition', object, { condition: "[parameters('it').isWanted]" }],
  [
    'the count of a loop',
    object,
    { name: "[concat('ip', copyIndex())]", copy: { name: 'l', count: "[parameters('it').count]" } },
  ],
  [
    'the address of a linked template',
    text,
    {
      type: 'Microsoft.Resources/deployments',
      properties: { mode: 'Incremental', templateLink: { uri: "[concat(parameters('it'), '/main.json')]" } },
    },
  ],
])('%s that stands in for another is no error', (_, parameter, resource) => {
  expect(errorsOf(parameter, resource)).toEqual([]);
});

test.each([
  ['unknown-api-version', { apiVersion: 'soon' }],
  ['invalid-resource', { condition: 'yes' }],
  ['invalid-copy', { name: "[concat('ip', copyIndex())]", copy: { name: 'l', count: 'two' } }],
])('%s is an error where it is written', (rule, resource) => {
  expect(errorsOf(text, resource)).toEqual([rule]);
});

const folder = new URL('../../fixtures/rules/', import.meta.url);
const fixture = (rule: string, name: 'bad' | 'good' = 'bad') =>
  readFileSync(new URL(`${rule}/${name}.json`, folder), 'utf8');
const rulesOf = (text: string) => lintText(text).found.map(({ rule }) => rule);

/** The fixture with a member of the gateway's properties from a parameter of a type and without a value. */
function withUntold(rule: string, member: string, type: string): string {
  const template = parse(fixture(rule));
  const gateway = template.resources.find((each: { type: string }) => /applicationGateways$/.test(each.type));
  gateway.properties[member] = "[parameters('it')]";
  template.parameters = { ...template.parameters, it: { type } };
  return JSON.stringify(template);
}

test('nothing is unused where nobody tells all that may use it', () => {
  expect(rulesOf(fixture('unused-object'))).toContain('unused-object');
  for (const member of ['httpListeners', 'requestRoutingRules', 'urlPathMaps']) {
    expect(rulesOf(withUntold('unused-object', member, 'array')), member).not.toContain('unused-object');
  }
});

test('nothing is unused where nobody tells the path rules that may use it', () => {
  const template = parse(fixture('path-map-without-rules', 'good'));
  template.resources[0].properties.rewriteRuleSets = [{ name: 'unused', properties: { rewriteRules: [] } }];
  expect(rulesOf(JSON.stringify(template))).toContain('unused-object');
  template.resources[0].properties.urlPathMaps[0].properties.pathRules = "[parameters('it')]";
  template.parameters = { it: { type: 'array' } };
  expect(rulesOf(JSON.stringify(template))).not.toContain('unused-object');
});

test('an api-version that stands in asks for no priority', () => {
  const text = fixture('rule-priority-missing');
  expect(rulesOf(text)).toContain('rule-priority-missing');
  const untold = text
    .replace(/"apiVersion": "[^"]*"/g, `"apiVersion": "[parameters('it')]"`)
    .replace('"resources"', '"parameters": { "it": { "type": "string" } }, "resources"');
  expect(rulesOf(untold)).not.toContain('rule-priority-missing');
});

test('what a deployment answers does not stand in the template', () => {
  const answer = "[reference('/subscriptions/s/resourceGroups/g/providers/A.B/c/d', '2020-01-01').outputs.pfx.value]";
  const text = fixture('secret-in-template').replace(/"data": "[^"]*"/, `"data": "${answer}"`);
  expect(
    lintText(text)
      .found.filter(({ rule }) => rule === 'secret-in-template')
      .map(({ message }) => message),
  ).toEqual(['site', 'old'].map((name) => expect.stringMatching(`^'password' of certificate '${name}'`)));
});

test('a tier that does not exist is not judged any further', () => {
  const text = fixture('public-gateway-without-waf').replace('"tier": "Standard_v2"', `"tier": "parameters('tier')"`);
  expect(rulesOf(text)).not.toContain('public-gateway-without-waf');
});

test('what a condition leaves out need not be left out', () => {
  const policy = "[if(parameters('it'), createObject('id', 'x'), null())]";
  const withPolicy = (declaration: object) => {
    const template = parse(fixture('waf-sku-without-waf'));
    template.resources[0].properties.firewallPolicy = policy;
    return JSON.stringify({ ...template, parameters: { it: declaration } });
  };
  expect(rulesOf(withPolicy({ type: 'bool', defaultValue: false }))).toContain('waf-sku-without-waf');
  expect(rulesOf(withPolicy({ type: 'bool' }))).not.toContain('waf-sku-without-waf');
});

test.each([
  ['a collection that nobody tells', 'array', "[parameters('it')]"],
  ['a member whose name nobody tells', 'string', [{ name: "[parameters('it')]", properties: {} }]],
])('a reference into %s is not one to nothing', (_, type, pools) => {
  const template = parse(fixture('unused-object', 'good'));
  template.resources[0].properties.backendAddressPools = pools;
  const dangling = (parameter: object) =>
    lintText(JSON.stringify({ ...template, parameters: { it: parameter } })).earlier.filter(
      ({ rule }) => rule === 'dangling-reference',
    ).length;
  expect(dangling({ type, defaultValue: type === 'array' ? [] : 'other' })).toBeGreaterThan(0);
  expect(dangling({ type })).toBe(0);
});
