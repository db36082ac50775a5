import { expect, test } from 'vitest';
import { callFault, faultOf } from './call.ts';

const usage = 'Please see https://aka.ms/arm-functions';

test.each([
  ['[toLower()]', 'toLower', '1 argument(s) while 0'],
  ["[toLower('a', 'b')]", 'toLower', '1 argument(s) while 2'],
  ["[substring('a')]", 'substring', '2 to 3 arguments while 1'],
  ['[concat()]', 'concat', 'at least one argument while 0'],
  ['[resourceId()]', 'resourceId', 'at least two arguments while 0'],
  ['[if(true())]', 'if', '3 argument(s) while 1'],
])('%s has the wrong number of arguments', (expression, name, counts) => {
  expect(faultOf(expression)).toBe(
    `Unable to evaluate template language function '${name}': function requires ${counts} were provided. ${usage} for usage details.`,
  );
});

test.each([
  ['toLower', [5], 'its parameter', "'String'", 'Integer'],
  ['toLower', [null], 'its parameter', "'String'", 'Null'],
  ['uniqueString', [5], 'its parameter', "'String'", 'Integer'],
  ['not', ['true'], 'its parameter', "'Boolean'", 'String'],
  ['length', [5], 'its parameter', "'Array' or 'Object' or 'String'", 'Integer'],
  ['length', [null], 'its parameter', "'Array' or 'Object' or 'String'", 'Null'],
  ['empty', [0], 'its parameter', "'Array' or 'Object' or 'String' or 'Null'", 'Integer'],
  ['add', [1, '2'], 'its second parameter', "'Integer'", 'String'],
  ['replace', ['a', 'b', true], 'its third parameter', "'String'", 'Boolean'],
  ['items', [[]], 'its parameter', "'Object'", 'Array'],
  ['concat', [null], 'its parameter', "'String' or 'Integer' or 'Float' or 'Boolean' or 'Array'", 'Null'],
])('%s(%j) has an argument of the wrong type', (name, args, which, expected, provided) => {
  expect(callFault(name, args)).toBe(
    `The template language function '${name}' expects ${which} to be of type ${expected}. The provided value is of type '${provided}'. ${usage}#${name} for usage details.`,
  );
});
