import { describe, expect, test } from 'vitest';
import { evaluateInTemplate } from '../../src/template/evaluate-template.ts';
import { parametersFromJson } from '../../src/template/parameters/supplied-parameters.ts';
import { toJson } from '../../src/template/value.ts';
import { evaluate, fixedClock, parse, summaries, templateText } from './evaluate.ts';

const resource = { type: 'A.B/c', apiVersion: '2020-01-01', name: 'r' };
const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate';

describe('a resource as its provider gets it', () => {
  // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#null-values
  test('has no null members, but keeps null elements', () => {
    const { bodies } = evaluate({
      resources: [
        {
          ...resource,
          tags: null,
          sku: '[if(false(), createObject(), null())]',
          properties: "[createObject('a', null(), 'b', createArray(null(), createObject('c', null())), 'd', 1)]",
        },
      ],
    });
    expect(bodies[0]).toEqual({ ...resource, properties: { b: [null, {}], d: 1 } });
  });

  test('has none of the members that instruct Azure Resource Manager', () => {
    const { bodies, resources } = evaluate({
      languageVersion: '2.0',
      resources: {
        r: {
          ...resource,
          comments: 'c',
          condition: true,
          dependsOn: [],
          scope: 'A.B/c/x',
          '@options': {},
          copy: { name: 'l', count: 1 },
          location: 'westus',
          zones: ['1'],
        },
      },
    });
    expect(bodies[0]).toEqual({ ...resource, location: 'westus', zones: ['1'] });
    expect(resources[0]?.id).toBe(`${group}/providers/A.B/c/x/providers/A.B/c/r`);
  });

  test('may have its loops over whole objects and computed keys', () => {
    const { bodies, errors } = evaluate({
      resources: [
        {
          ...resource,
          identity: { userAssignedIdentities: { "[resourceId('X.Y/z', 'i')]": {} } },
          properties: {
            nested: {
              copy: [
                {
                  name: 'a',
                  count: 2,
                  input: { copy: [{ name: 'b', count: 2, input: "[concat(copyIndex('a'), copyIndex('b'))]" }] },
                },
              ],
            },
          },
        },
      ],
    });
    expect(errors).toEqual([]);
    expect(bodies[0]).toMatchObject({
      identity: { userAssignedIdentities: { [`${group}/providers/X.Y/z/i`]: {} } },
      properties: { nested: { a: [{ b: ['00', '01'] }, { b: ['10', '11'] }] } },
    });
  });
});

describe('the ID of a resource', () => {
  test.each([
    [{ type: 'A.B/c/d', name: 'x/y' }, 'resourceGroup', `${group}/providers/A.B/c/x/d/y`],
    // Old style extension resources have their provider in their name.
    [
      { type: 'A.B/c/providers/locks', name: 'x/Microsoft.Authorization/l' },
      'resourceGroup',
      `${group}/providers/A.B/c/x/providers/Microsoft.Authorization/locks/l`,
    ],
    [
      { type: 'A.B/c/providers/locks', name: 'x//Microsoft.Authorization/l' },
      'resourceGroup',
      `${group}/providers/A.B/c/x/providers/Microsoft.Authorization/locks/l`,
    ],
    [
      { type: 'E.F/g', name: 'x', scope: `${group}/providers/A.B/c/y` },
      'resourceGroup',
      `${group}/providers/A.B/c/y/providers/E.F/g/x`,
    ],
    [
      { type: 'E.F/g', name: 'x' },
      'subscription',
      '/subscriptions/00000000-0000-0000-0000-000000000000/providers/E.F/g/x',
    ],
    [
      { type: 'E.F/g', name: 'x' },
      'managementGroup',
      '/providers/Microsoft.Management/managementGroups/agate/providers/E.F/g/x',
    ],
    [{ type: 'E.F/g', name: 'x' }, 'tenant', '/providers/E.F/g/x'],
  ] as const)('%j in a %s', (declared, scope, expected) => {
    const { resources, errors } = evaluate({ resources: [{ ...resource, ...declared }] }, { context: { scope } });
    expect(errors).toEqual([]);
    expect(resources.map(({ id }) => id)).toEqual([expected]);
  });
});

describe('reports', () => {
  test.each([
    [
      { type: 'A.B/c', name: 'r' },
      "6:15 error AGW1030 Template validation failed: Required property 'apiVersion' not found in the resource 'r' at line '5' and column '5'.",
    ],
    [
      { ...resource, name: "[concat('r', copyIndex())]", copy: { name: 'l', count: 2, mode: 'serial', batchSize: 3 } },
      "13:22 error AGW1021 The batch size '3' of the loop 'l' must be between 1 and its count, '2'.",
    ],
    [
      { ...resource, name: "[concat('r', copyIndex())]", copy: { name: 'l', count: 2, mode: 'Sequential' } },
      "12:17 error AGW1021 The mode 'Sequential' of the loop 'l' is not valid; allowed: 'Parallel', 'Serial'.",
    ],
    [
      { ...resource, name: "[concat('r', copyIndex())]", copy: { name: 'l', count: 2, batchSize: '[sub(1, 1)]' } },
      "12:22 error AGW1021 The batch size '0' of the loop 'l' must be between 1 and its count, '2'.",
    ],
    [
      { ...resource, resources: [{ type: 'X.Y/z', apiVersion: '1', name: 'child' }] },
      "11:19 warning AGW1035 A resource of type 'X.Y/z' is declared inside one of type 'A.B/c', whose child it is not; declare it beside it.",
    ],
    [
      { ...resource, resources: [{ type: 'd', apiVersion: '1', name: 'child', copy: { name: 'l', count: 1 } }] },
      "14:19 error AGW1021 The resource 'child' is declared inside its parent and has a copy loop, which Azure refuses; declare it beside its parent with its full type and name.",
    ],
    [
      { ...resource, extension: 'kubernetes' },
      "9:7 warning AGW1002 The resource 'r' belongs to an extension and is left out.",
    ],
  ])('%j', (declared, expected) => {
    expect(summaries(evaluate({ resources: [declared] }).diagnostics)).toEqual([expected]);
  });

  test('circles through the parameters of nested deployments', () => {
    const nested = (name: string, other: string) => ({
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2021-04-01',
      name,
      properties: {
        mode: 'Incremental',
        expressionEvaluationOptions: { scope: 'inner' },
        parameters: { p: { value: `[reference('${other}').outputs.o.value]` } },
        template: JSON.parse(
          templateText({ parameters: { p: { type: 'string' } }, outputs: { o: { type: 'string', value: 'x' } } }),
        ),
      },
    });
    const { errors } = evaluate({ resources: [nested('a', 'b'), nested('b', 'a')] });
    expect(errors.join('\n')).toContain(
      `Circular dependency detected on resource: '${group}/providers/Microsoft.Resources/deployments/a'.`,
    );
  });

  test('no secrets', () => {
    const { diagnostics } = evaluate(
      { parameters: { p: { type: 'securestring' } }, outputs: { o: { type: 'int', value: "[int(parameters('p'))]" } } },
      { parameters: parametersFromJson({ p: 'hush-hush' }) },
    );
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).toContain("cannot convert provided value '[redacted]'");
    expect(JSON.stringify(diagnostics)).not.toContain('hush-hush');
  });
});

test('the clock stands still during a deployment, and new GUIDs can be repeated', () => {
  let time = 0;
  const clock = { ...fixedClock, now: () => (time += 60_000) };
  const template = {
    parameters: {
      a: { type: 'string', defaultValue: '[utcNow()]' },
      b: { type: 'string', defaultValue: '[utcNow()]' },
      g: { type: 'string', defaultValue: '[newGuid()]' },
      h: { type: 'string', defaultValue: '[newGuid()]' },
    },
    outputs: {
      all: {
        type: 'array',
        value: "[createArray(parameters('a'), parameters('b'), parameters('g'), parameters('h'))]",
      },
    },
  };
  const [first, second, other] = [{}, {}, { seed: 'other' }].map(
    (input) => evaluate(template, { clock, ...input }).outputs['all'] as string[],
  );
  expect(first?.[0]).toBe('19700101T000100Z');
  expect(first?.[1]).toBe(first?.[0]);
  expect(first?.[2]).not.toBe(first?.[3]);
  expect(second?.[2]).toBe(first?.[2]);
  expect(other?.[2]).not.toBe(first?.[2]);
});

describe('one expression in the scope of a template', () => {
  const template = parse(
    templateText({ variables: { v: [1, 2] }, resources: [{ ...resource, properties: { a: 1 } }] }),
  );
  test.each([
    ["[variables('v')[1]]", 2],
    ["[reference('r').a]", 1],
    ['plain text', 'plain text'],
  ])('%s', (text, expected) => {
    const { value, diagnostics } = evaluateInTemplate({ template }, text);
    expect(diagnostics).toEqual([]);
    expect(value && toJson(value)).toEqual(expected);
  });

  test('is located in itself', () => {
    const { value, diagnostics } = evaluateInTemplate({ template }, "[concat('a', variables('w'))]");
    expect(value).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({
      file: '<expression>',
      range: { start: { line: 1, column: 14 }, end: { line: 1, column: 28 } },
    });
  });
});

describe('without a version of its own, a resource', () => {
  const versionOf = (apiProfile: string, type: string) =>
    evaluate({ apiProfile, resources: [{ type, name: 'r' }] }).resources.map(({ apiVersion }) => apiVersion);

  test.each([
    ['2020-09-01-hybrid', 'Microsoft.Network/applicationGateways', '2018-11-01'],
    ['2019-03-01-HYBRID', 'microsoft.storage/storageAccounts', '2017-10-01'],
    ['2017-03-09-profile', 'Microsoft.Compute/virtualMachines', '2016-03-30'],
    ['2018-03-01-hybrid', 'A.B/c', undefined],
    ['latest', 'Microsoft.Network/applicationGateways', undefined],
  ])('of the profile %s and the type %s has %s', (profile, type, expected) => {
    expect(versionOf(profile, type)).toEqual([expected]);
  });
});

test.each([
  ['a misspelt name', 'vnet1', 'virtualNetworks/vnet2', 'virtualNetworks/vnet1'],
  ['another type', 'vnet1', 'networkSecurityGroups/vnet1', undefined],
  ['a name unlike any', 'vnet1', 'virtualNetworks/hub', undefined],
])('a dependency on %s is told of a resource of its own type only', (_, name, dependency, expected) => {
  const network = { type: 'Microsoft.Network/virtualNetworks', apiVersion: '2024-05-01' };
  const prefix = 'Microsoft.Network/';
  const { diagnostics } = evaluate({
    resources: [
      { ...network, name },
      { ...network, name: 'other', dependsOn: [`${prefix}${dependency}`] },
    ],
  });
  const [finding] = diagnostics.filter(({ rule }) => rule === 'unknown-dependency');
  expect(finding?.hint?.endsWith(`${expected}'?`)).toBe(expected === undefined ? undefined : true);
});
