import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../../src/base/case-insensitive-map.ts';
import { SourceText } from '../../../src/base/span.ts';
import { lintDocument } from '../../../src/lint/lint-template.ts';
import { mendDocument } from '../../../src/lint/mend/mend-document.ts';
import { stoppedClock } from '../lint-text.ts';

const name = 'azuredeploy.json';

function lint(document: SourceText) {
  const parameters = new CaseInsensitiveMap<never>();
  const choices = { document, parameters, context: {}, clock: stoppedClock, standIns: true, placeholders: true };
  return lintDocument(choices).diagnostics;
}

function mend(text: string): string {
  return mendDocument(new SourceText(name, text), lint).source.text;
}

/** A gateway with these properties, in a template of one odd format. */
function template(properties: string, others = ''): string {
  return `{ // as deployed in May
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",${others}
  "resources": [ {
      "type" : "Microsoft.Network/applicationGateways",
    "apiVersion": "2024-05-01", "name": "gw",  /* two blanks */
\t"properties": { ${properties} }
  } ]
}\r
`;
}

test.each([
  ['a trailing comma', '"frontendPorts": [1 ,  ], "probes": []', '"frontendPorts": [1   ], "probes": []'],
  ['a forgotten comma', '"probes": [] // none\n "frontendPorts": []', '"probes": [], // none\n "frontendPorts": []'],
  ['a no-break space', '"probes":\u00A0[\u00A0]', '"probes": [ ]'],
  [
    'a quote behind an expression',
    `"httpListeners": [{ "name": "l", "properties": { "frontendPort": { "id": "[variables('p')]'" } } }]`,
    `"httpListeners": [{ "name": "l", "properties": { "frontendPort": { "id": "[variables('p')]" } } }]`,
  ],
  ['the spelling of a name', '"FrontEndPorts": []', '"frontendPorts": []'],
  ['the spelling of a value', '"sku": { "name": "standard_V2" }', '"sku": { "name": "Standard_v2" }'],
  ['text for a number', '"sku": { "capacity": "2" }', '"sku": { "capacity": 2 }'],
  ['text for a boolean', '"enableHttp2": "True"', '"enableHttp2": true'],
  [
    'leftovers behind an ID',
    `"requestRoutingRules": [{ "name": "r", "properties": { "httpListener": { "Id": "${idOf('l')}')]" } } }],
      "httpListeners": [{ "name": "l", "properties": {} }]`,
    `"requestRoutingRules": [{ "name": "r", "properties": { "httpListener": { "id": "${idOf('l')}" } } }],
      "httpListeners": [{ "name": "l", "properties": {} }]`,
  ],
  [
    'a path of a probe without its slash',
    '"probes": [{ "name": "p", "properties": { "protocol": "Http", "path": "health" } }]',
    '"probes": [{ "name": "p", "properties": { "protocol": "Http", "path": "/health" } }]',
  ],
  [
    'an override path without its slashes',
    '"backendHttpSettingsCollection": [{ "name": "s", "properties": { "path": "app" } }]',
    '"backendHttpSettingsCollection": [{ "name": "s", "properties": { "path": "/app/" } }]',
  ],
  [
    'a pattern of a path without its slash',
    '"urlPathMaps": [{ "name": "m", "properties": { "pathRules": [{ "name": "r", "properties": { "paths": ["a/*"] } }] } }]',
    '"urlPathMaps": [{ "name": "m", "properties": { "pathRules": [{ "name": "r", "properties": { "paths": ["/a/*"] } }] } }]',
  ],
])('mends %s and leaves all else as it is', (_, wrong, right) => {
  expect(mend(template(wrong))).toBe(template(right));
});

function idOf(listener: string): string {
  const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';
  return `${group}/providers/Microsoft.Network/applicationGateways/gw/httpListeners/${listener}`;
}

test('takes the byte order mark off, and mends what is behind it', () => {
  expect(mend(`\uFEFF${template('"Probes": []')}`)).toBe(template('"probes": []'));
});

test.each([
  ['what an expression computes', '"sku": { "capacity": "[string(2)]", "name": "[toLower(\'STANDARD_V2\')]" }', ''],
  [
    'a parameter, which may be used elsewhere',
    '"sku": { "name": "[parameters(\'sku\')]" }',
    '\n"parameters": { "sku": { "type": "string", "defaultValue": "standard_v2", "allowedValues": ["standard_v2"] } },',
  ],
  [
    'a variable, which may be used elsewhere',
    '"sku": "[variables(\'sku\')]"',
    '\n"variables": { "sku": { "Name": "standard_v2" } },',
  ],
  [
    'a path that may be meant in several ways',
    '"probes": [{ "name": "p", "properties": { "protocol": "Http", "path": "http://a/health" } }]',
    '',
  ],
  ['a name beside the same in other spelling', '"probes": [], "Probes": []', ''],
  ['line breaks in strings, which somebody wanted', '"sku": { "name": "[concat(\n  \'Standard_v2\')]" }', ''],
])('leaves %s alone', (_, properties, others) => {
  expect(mend(template(properties, others))).toBe(template(properties, others));
});

test('a literal under two opinions stays as it is', () => {
  const text = template('"Probes": []');
  const [finding] = lint(new SourceText(name, text)).filter(({ fix }) => fix !== undefined);
  expect(finding).toBeDefined();
  const edits = finding?.fix?.edits.map((edit) => ({ ...edit, text: '"others"' })) ?? [];
  const other = finding && { ...finding, fix: { title: 'Write others.', reach: 'value' as const, edits } };
  const mended = mendDocument(new SourceText(name, text), () => (finding && other ? [finding, other] : []));
  expect(mended.source.text).toBe(text);
});

const pages = new URL('../../../fixtures/websocket-docs/azuredeploy.json', import.meta.url);
const rules = new URL('../../../fixtures/rules/', import.meta.url);
const texts = readdirSync(rules).map((id) => [id, readFileSync(new URL(`${id}/bad.json`, rules), 'utf8')] as const);

test.each([['the WebSocket page', readFileSync(pages, 'utf8')] as const, ...texts])(
  'mending %s twice changes no more than mending it once, and brings no new finding',
  (_, text) => {
    const once = mend(text);
    expect(mend(once)).toBe(once);
    expect(once.split('\n').length).toBe(text.split('\n').length);
    const before = new Set(lint(new SourceText(name, text)).map(({ rule }) => rule));
    const after = lint(new SourceText(name, once)).map(({ rule }) => rule);
    expect(after.filter((rule) => !before.has(rule))).toEqual([]);
  },
);
