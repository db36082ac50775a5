import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';

describe('whatever a template holds, evaluation ends with findings and never throws', () => {
  const names = [
    'parameters',
    'variables',
    'reference',
    'listKeys',
    'concat',
    'createArray',
    'createObject',
    'copyIndex',
    'if',
    'map',
    'lambda',
    'lambdaVariables',
    'range',
    'json',
    'union',
    'format',
    'resourceId',
    'tryGet',
    'length',
    'split',
    'ns.f',
  ];
  const expression = fc.letrec<{ expression: string; call: string; access: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        "'a'",
        "'p'",
        "'v'",
        "'x{0}'",
        '\'{"a":[1]}\'',
        '0',
        '-1',
        '9223372036854775807',
        'null()',
        'true()',
      ),
      tie('call'),
      tie('access'),
    ),
    call: fc
      .tuple(fc.constantFrom(...names), fc.array(tie('expression'), { maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    access: fc
      .tuple(tie('call'), fc.constantFrom('.a', "['b']", '[0]', '.properties', '[-1]'))
      .map(([call, access]) => call + access),
  })).expression;
  const value = fc.oneof(
    expression.map((text) => `[${text}]`),
    expression.map((text) => ({
      a: `[${text}]`,
      copy: [{ name: 'b', count: `[length(${text})]`, input: `[${text}]` }],
    })),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const anyResource = fc.record(
    {
      type: fc.oneof(
        fc.constantFrom('A.B/c', 'Microsoft.Network/publicIPAddresses', 'Microsoft.Resources/deployments', 'c'),
        value,
      ),
      apiVersion: fc.oneof(fc.constant('2020-01-01'), value),
      name: fc.oneof(fc.constantFrom('p', 'v', 'p/v'), value),
      copy: fc.oneof(
        fc.record({ name: fc.constant('loop'), count: fc.oneof(fc.constantFrom(0, 2, '2'), value) }),
        value,
      ),
      condition: fc.oneof(fc.boolean(), value),
      dependsOn: fc.oneof(fc.array(fc.constantFrom('p', 'v', 'loop', 'A.B/c/p')), value),
      scope: value,
      resourceGroup: value,
      properties: fc.oneof(
        value,
        fc.record({ template: value, templateLink: value, parameters: value, mode: value }, { requiredKeys: [] }),
      ),
      resources: fc.array(fc.record({ type: fc.constant('d'), name: fc.constant('p'), apiVersion: fc.constant('1') })),
    },
    { requiredKeys: ['type', 'name'] },
  );

  test('with resources, loops and expressions put together at random', () => {
    fc.assert(
      fc.property(
        fc.record({
          parameters: fc.dictionary(
            fc.constantFrom('p', 'a', 'v'),
            fc.oneof(
              fc.record(
                { type: fc.constantFrom('string', 'object', 'int', 'nope'), defaultValue: value },
                { requiredKeys: [] },
              ),
              value,
            ),
          ),
          variables: fc.oneof(fc.dictionary(fc.constantFrom('p', 'a', 'v', 'copy'), value), value),
          resources: fc.oneof(
            fc.array(anyResource, { maxLength: 4 }),
            fc.dictionary(fc.constantFrom('p', 'v'), anyResource),
            value,
          ),
          outputs: fc.oneof(
            fc.dictionary(
              fc.constantFrom('p', 'v'),
              fc.record(
                { type: fc.constantFrom('string', 'object', 'array'), value, copy: value },
                { requiredKeys: [] },
              ),
            ),
            value,
          ),
          functions: fc.oneof(
            fc.constant([
              {
                namespace: 'ns',
                members: { f: { parameters: [{ name: 'p', type: 'string' }], output: { value: "[parameters('p')]" } } },
              },
            ]),
            value,
          ),
        }),
        fc.boolean(),
        (sections, standIns) => {
          const { diagnostics } = evaluate(sections, { standIns, placeholders: standIns });
          for (const { code, message } of diagnostics)
            expect([code, message]).toEqual([expect.stringMatching(/^AGW[01]0/), expect.any(String)]);
        },
      ),
      { numRuns: 600 },
    );
  });

  test('with a mutated JSON document as the template', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (json, standIns) => {
        evaluate(JSON.stringify(json), { standIns });
      }),
      { numRuns: 300 },
    );
  });
});
