import { expect, test } from 'vitest';
import { evaluate, templateText } from '../evaluate.ts';

const asked = 'stands in for it.';
test.each([
  [
    'by name',
    "[reference(concat('d-', parameters('mode'))).outputs.o.value]",
    `'outputs.o.value' of what reference('d-mode') answers is known only to Azure; 'o' ${asked}`,
  ],
  [
    'by ID without a version',
    "[reference(resourceId('A.B/c', parameters('mode'))).thumb]",
    `'thumb' of what reference('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/A.B/c/mode') answers is known only to Azure; 'thumb' ${asked}`,
  ],
  [
    'by ID, and split',
    "[split(reference(resourceId('A.B/c', parameters('mode'))).text, '#')[1].part]",
    `'text[1].part' of what the template makes of what reference('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/A.B/c/mode') answers is known only to Azure; 'part' ${asked}`,
  ],
])('a resource whose name stands in for another, asked for %s, answers what only Azure knows', (_, value, message) => {
  const { diagnostics } = evaluate(
    { parameters: { mode: { type: 'string' } }, outputs: { o: { type: 'string', value } } },
    { standIns: true, placeholders: true },
  );
  const messages = diagnostics.map((each) => each.message);
  expect(messages[0]).toBe(`The parameter 'mode' has no value; 'mode' ${asked}`);
  expect(messages.at(-1)).toBe(message);
});

test('an object that only Azure knows stays what the resource answers when a deployment hands it on', () => {
  const template = {
    resources: [{ type: 'A.B/c', apiVersion: '2023-09-01', name: 'r' }],
    outputs: { view: { type: 'object', value: "[reference(resourceId('A.B/c', 'r')).view]" } },
  };
  const deployment = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name: 'd',
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      template: JSON.parse(templateText(template)),
    },
  };
  const value = "[reference('d').outputs.view.value.items[0].text]";
  const { diagnostics } = evaluate(
    { resources: [deployment], outputs: { o: { type: 'string', value } } },
    { placeholders: true },
  );
  expect(diagnostics.map(({ code, message }) => `${code} ${message.replace(/\/subscriptions.*\/c\//, '')}`)).toEqual([
    `AGW1061 'view' of what reference('r') answers is known only to Azure; 'view' ${asked}`,
    `AGW1061 'view.items[0].text' of what reference('r') answers is known only to Azure; 'text' ${asked}`,
  ]);
});
