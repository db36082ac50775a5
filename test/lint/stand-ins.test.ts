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
