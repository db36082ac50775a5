import { describe, expect, test } from 'vitest';
import { rangeOf, type Span } from '../../src/base/span.ts';
import type { LinkedTemplates } from '../../src/template/nested/linked-templates.ts';
import { readParametersFile } from '../../src/template/parameters/parameters-file.ts';
import { getValue, type Value } from '../../src/template/value.ts';
import { evaluate, parse } from './evaluate.ts';

const template = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "given": { "type": "string" },
    "preset": { "type": "int", "defaultValue": 80 }
  },
  "variables": {
    "ports": [ { "port": 8080 } ],
    "copy": [ { "name": "loop", "count": 2, "input": { "static": "here", "i": "[copyIndex('loop')]" } } ]
  },
  "resources": [
    {
      "type": "Microsoft.Network/applicationGateways",
      "apiVersion": "2023-09-01",
      "name": "gw",
      "properties": {
        "literal": "x",
        "given": "[parameters('given')]",
        "preset": "[parameters('preset')]",
        "variable": "[variables('ports')[0].port]",
        "loop": "[variables('loop')]",
        "computed": "[concat('\\u0061', toLower('B'))]",
        "text": "[if(true(), 'yes', 'no')]",
        "copy": [ { "name": "made", "count": 1, "input": { "name": "[format('p{0}', copyIndex('made'))]" } } ]
      }
    }
  ]
}`;

/** Where a span starts, and the text it covers. */
function place(span: Span | undefined): string {
  if (span === undefined) return 'nowhere';
  const { start } = rangeOf(span);
  const covered = span.source.text.slice(span.offset, span.offset + span.length);
  return `${span.source.name} ${start.line}:${start.column} ${covered}`;
}

function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((current, step) => {
    if (current?.kind === 'Array') return current.items[Number(step)];
    return current?.kind === 'Object' ? getValue(current, String(step)) : undefined;
  }, value);
}

describe('every value of a resource comes from somewhere in the user’s text', () => {
  const file = parse('{ "parameters": {\n  "given": { "value": "g" } }, "contentVersion": "1.0.0.0" }', 'p.json');
  const { resources } = evaluate(template, { parameters: readParametersFile(file).value });
  const body = resources[0]?.body;

  test.each([
    ['a literal: its own place', ['literal'], 'azuredeploy.json 18:20 "x"'],
    ['a parameter: the parameter file', ['given'], 'p.json 2:23 "g"'],
    ['a default value: its declaration', ['preset'], 'azuredeploy.json 6:48 80'],
    ['a part of a variable: the variable', ['variable'], 'azuredeploy.json 9:26 8080'],
    ['a literal in a loop: the loop’s input', ['loop', 1, 'static'], 'azuredeploy.json 10:66 "here"'],
    ['a computed value in a loop: its expression', ['loop', 1, 'i'], "azuredeploy.json 10:81 copyIndex('loop')"],
    [
      'a computed value behind an escape: the outermost call',
      ['computed'],
      "azuredeploy.json 23:23 concat('\\u0061', toLower('B'))",
    ],
    ['a chosen literal: the literal inside the expression', ['text'], "azuredeploy.json 24:30 'yes'"],
    [
      'an array made by a loop: the loop’s input',
      ['made'],
      `azuredeploy.json 25:58 { "name": "[format('p{0}', copyIndex('made'))]" }`,
    ],
    [
      'an element’s computed value: its expression',
      ['made', 0, 'name'],
      "azuredeploy.json 25:70 format('p{0}', copyIndex('made'))",
    ],
  ])('%s', (_what, path, expected) => {
    expect(place(at(body, 'properties', ...path)?.origin)).toBe(expected);
  });

  test('the resource and its name', () => {
    expect(place(resources[0]?.origin)).toMatch(/^azuredeploy\.json 13:5 \{.*\}$/s);
    expect(place(at(body, 'name')?.origin)).toBe('azuredeploy.json 16:15 "gw"');
  });
});

test('through nested and linked templates', () => {
  const linkedTemplates: LinkedTemplates = {
    find: () => ({
      value: parse(
        `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": { "port": { "type": "int" } },
  "resources": [ { "type": "A.B/c", "apiVersion": "2020-01-01", "name": "n",
    "properties": { "port": "[parameters('port')]", "own": "[add(1, 1)]" } } ] }`,
        'nested/linked.json',
      ),
      diagnostics: [],
      location: 'nested/linked.json',
    }),
  };
  const { resources } = evaluate(
    `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "resources": [ { "type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "d", "properties": {
    "mode": "Incremental", "templateLink": { "relativePath": "nested/linked.json" },
    "parameters": { "port": { "value": 8080 } } } } ] }`,
    { linkedTemplates },
  );
  const body = resources[0]?.body;
  expect(place(at(body, 'properties', 'port')?.origin)).toBe('azuredeploy.json 4:40 8080');
  expect(place(at(body, 'properties', 'own')?.origin)).toBe('nested/linked.json 4:62 add(1, 1)');
});

test('what Azure adds to a resource has no place, and what is read of it has the place of the expression', () => {
  const { outputValues } = evaluate({
    resources: [{ type: 'Microsoft.Storage/storageAccounts', apiVersion: '2022-09-01', name: 's' }],
    outputs: { blob: { type: 'string', value: "[concat(reference('s').primaryEndpoints.blob, '')]" } },
  });
  expect(place(outputValues.get('blob')?.origin)).toBe(
    "azuredeploy.json 14:18 concat(reference('s').primaryEndpoints.blob, '')",
  );
});
