import { describe, expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../src/base/case-insensitive-map.ts';
import { SourceText } from '../../src/base/span.ts';
import { templateAround } from '../../src/resources/template-around.ts';
import { evaluateTemplate } from '../../src/template/evaluate-template.ts';
import {
  parametersFromJson,
  type SuppliedParameter,
  type SuppliedParameters,
} from '../../src/template/parameters/supplied-parameters.ts';
import { fromJson, toJson } from '../../src/template/value.ts';

const gateway = { type: 'Microsoft.Network/applicationGateways', apiVersion: '2024-05-01', name: 'gw' };
const none: SuppliedParameters = new CaseInsensitiveMap();

function typed(name: string, text: string): SuppliedParameters {
  const parameter: SuppliedParameter = { kind: 'text', source: new SourceText(`-p ${name}`, text) };
  return new CaseInsensitiveMap([[name, parameter]]);
}

function evaluateAlone(resource: object, parameters = none) {
  const template = templateAround(fromJson(resource), parameters);
  if (template === undefined) throw new Error('The document means what it says.');
  const { value, diagnostics } = evaluateTemplate({ template, parameters });
  return { bodies: value.resources.map(({ body }) => toJson(body)), messages: diagnostics.map((each) => each.message) };
}

test.each<[string, object]>([
  ['without expressions', { ...gateway, properties: { enableHttp2: true } }],
  ['without a version, as Azure answers', { ...gateway, apiVersion: undefined, properties: { x: '[a()]' } }],
  ['in a template', { $schema: 'x', resources: [{ ...gateway, properties: { x: '[a()]' } }] }],
])('a gateway %s is no resource alone', (_, document) => {
  expect(templateAround(fromJson(JSON.parse(JSON.stringify(document))), none)).toBeUndefined();
});

describe('a gateway cut out of a template', () => {
  test('has its expressions and escapes evaluated', () => {
    const { bodies, messages } = evaluateAlone({
      ...gateway,
      name: "[concat('g', 'w')]",
      location: '[resourceGroup().location]',
      properties: { pattern: '[[a-z]', "[concat('k', 'ey')]": true },
    });
    expect(messages).toEqual([]);
    expect(bodies).toEqual([{ ...gateway, location: 'westeurope', properties: { pattern: '[a-z]', key: true } }]);
  });

  test('waits for nothing, because what it waited for is not there', () => {
    const { bodies, messages } = evaluateAlone({
      ...gateway,
      dependsOn: ["[resourceId('Microsoft.Network/virtualNetworks', 'v')]"],
      properties: { sku: "[createObject('capacity', 2)]" },
    });
    expect(messages).toEqual([]);
    expect(bodies).toEqual([{ ...gateway, properties: { sku: { capacity: 2 } } }]);
  });

  test('brings the resources declared inside it', () => {
    const lock = { type: 'Microsoft.Authorization/locks', apiVersion: '2020-05-01', name: 'keep', properties: {} };
    const child = { ...lock, type: 'providers/locks', name: 'Microsoft.Authorization/keep' };
    const { bodies } = evaluateAlone({ ...gateway, properties: {}, resources: [child] });
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toEqual({ ...gateway, properties: {} });
  });

  test.each<[string, SuppliedParameters, unknown]>([
    ['a number', typed('p', '2'), 2],
    ['a switch', typed('p', 'true'), true],
    ['an array', typed('p', '["1"]'), ['1']],
    ['a text', typed('p', 'two words'), 'two words'],
    ['a value of a program', parametersFromJson({ P: { a: 1 } }), { a: 1 }],
  ])('takes a parameter that is %s', (_, parameters, expected) => {
    const { bodies, messages } = evaluateAlone({ ...gateway, properties: { x: "[parameters('p')]" } }, parameters);
    expect(messages).toEqual([]);
    expect(bodies).toEqual([{ ...gateway, properties: { x: expected } }]);
  });

  test('may come with others in a list', () => {
    const first = { ...gateway, name: "[concat('g', 'w')]", properties: {} };
    const second = { ...gateway, name: 'gw2', properties: {} };
    const { bodies, messages } = evaluateAlone([first, second]);
    expect(messages).toEqual([]);
    expect(bodies).toEqual([{ ...gateway, properties: {} }, second]);
  });

  test('asks for the parameters that it uses', () => {
    const { messages } = evaluateAlone({ ...gateway, properties: { x: "[concat(Parameters( 'one' ), 'x')]" } });
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.join('\n')).toContain("The value for the template parameter 'one' is not provided.");
  });
});
