import { lintText } from '../../lint/lint-text.ts';
import { textsBelow } from '../corpus.ts';
import { checkFindings } from '../findings-in-order.ts';
import { mutatedText } from '../mutated-text.ts';
import { defineTarget, pure } from '../target.ts';

const words = [
  '"[',
  ']"',
  '[[',
  "concat('a', ",
  "parameters('p')",
  "variables('v')",
  "reference('a').b",
  "copyIndex('x')",
  "json('{')",
  'range(0, 10000)',
  'createArray(1, 2)',
  "format('{0}{1}', 1)",
  "[[resourceId('a/b', 'c')]",
  'union(',
  'if(',
  'map(',
  "lambda('x', ",
  '"copy": {"name": "c", "count": 3},',
  '"condition": false,',
  '"dependsOn": ["a"],',
  '"type": "Microsoft.Resources/deployments",',
  '"apiVersion": "2099-01-01",',
  '"metadata": {"agate": {"ignore": [{}]}},',
  'null',
  'true',
  '-1',
  '1e999',
  '99999999999999999999',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0000',
  '//',
  '/*',
  '\ufeff',
  '\0',
  '\ud800',
];

export const template = defineTarget({
  name: 'template',
  holds: 'a text is read, evaluated and linted to its end, with findings that point into it',
  inputs: mutatedText([...textsBelow('fixtures/rules', '.json'), ...textsBelow('fixtures/example', '.json')], words),
  open: pure((text) => {
    const { earlier, found } = lintText(text);
    checkFindings([...earlier, ...found], text);
  }),
});
