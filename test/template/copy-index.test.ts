import { expect, test } from 'vitest';
import { evaluate, summaries } from './evaluate.ts';

const resource = { type: 'A.B/c', apiVersion: '2020-01-01' };

// Bicep writes the index of a resource's loop without a name, also inside the loops of properties.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-properties#syntax
test('copyIndex() counts the resource’s loop inside the loop of a property', () => {
  const { bodies, errors } = evaluate({
    resources: [
      {
        ...resource,
        name: "[concat('r', copyIndex())]",
        copy: { name: 'all', count: 2 },
        properties: {
          copy: [
            {
              name: 'disks',
              count: 2,
              input: {
                text: "[format('{0} {1} {2}', copyIndex(), copyIndex('disks', 1), copyIndex('all', 10))]",
                copy: [{ name: 'parts', count: 1, input: "[format('{0}{1}', copyIndex(5), copyIndex('disks'))]" }],
              },
            },
          ],
        },
      },
    ],
  });
  expect(errors).toEqual([]);
  expect(bodies.map((body) => (body as { properties: unknown }).properties)).toEqual([
    {
      disks: [
        { text: '0 1 10', parts: ['50'] },
        { text: '0 2 10', parts: ['51'] },
      ],
    },
    {
      disks: [
        { text: '1 1 11', parts: ['60'] },
        { text: '1 2 11', parts: ['61'] },
      ],
    },
  ]);
});

test('copyIndex() counts the output’s loop inside the loop of a property', () => {
  const input = { copy: [{ name: 'x', count: 2, input: "[add(mul(copyIndex(), 10), copyIndex('x'))]" }] };
  const { outputs, errors } = evaluate({ outputs: { o: { type: 'array', copy: { count: 2, input } } } });
  expect(errors).toEqual([]);
  expect(outputs['o']).toEqual([{ x: [0, 1] }, { x: [10, 11] }]);
});

test.each<[string, object]>([
  ['property', { resources: [{ ...resource, name: 'r', properties: { copy: [loopWithout()] } }] }],
  ['variable', { variables: { copy: [loopWithout()] }, outputs: { o: { type: 'array', value: "[variables('l')]" } } }],
])('the loop of a %s needs its name', (_, sections) => {
  const { diagnostics } = evaluate({ ...sections });
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(summaries(diagnostics)[0]).toContain("The template function 'copyIndex' is not expected at this location.");
  expect(diagnostics[0]?.hint).toBe("The loop of a property or variable needs its name: copyIndex('name').");
});

function loopWithout() {
  return { name: 'l', count: 2, input: '[copyIndex()]' };
}
