import { expect, test } from 'vitest';
import { callFault, evaluate, faultOf } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string
test.each([
  ["[concat('left', '-', 'right')]", 'left-right'],
  ["[concat('a', 1, true(), false())]", 'a1TrueFalse'],
  ["[concat(createArray('a'), createArray('b', 'c'))]", ['a', 'b', 'c']],
  ["[join(createArray('abc', 123, true()), '/')]", 'abc/123/True'],
  ["[join(createArray(), ',')]", ''],
  ['[string(5)]', '5'],
  ['[string(true())]', 'True'],
  ["[string('a')]", 'a'],
  ["[string(createArray('a', createObject('b', json('1.0')), null(), true()))]", '["a",{"b":1.0},null,true]'],
  [
    "[string(createArray('it''s', '\"', '\\', '\u0001\u0085\u0080\t'))]",
    '["it\'s","\\"","\\\\","\\u0001\\u0085\u0080\\t"]',
  ],
  ["[toLower('One ÄÖ')]", 'one äö'],
  ["[toUpper('One äö')]", 'ONE ÄÖ'],
  // The invariant culture maps one character to one character.
  ["[toUpper('straße')]", 'STRAßE'],
  ["[toLower('ΟΔΟΣ')]", 'οδοσ'],
  ["[toLower('İ')]", 'İ'],
  ["[trim('  \t one two \n ')]", 'one two'],
  ["[trim('\u00a0\u0085a\ufeff')]", 'a\ufeff'],
  ["[startsWith('abcdef', 'A')]", true],
  ["[startsWith('abcdef', 'e')]", false],
  ["[endsWith('abcdef', 'F')]", true],
  ["[endsWith('abcdef', 'e')]", false],
  ["[like('web-01.contoso.com', 'WEB-*.contoso.*')]", true],
  ["[like('web', 'web*')]", true],
  ["[like('web', 'we')]", false],
  ["[like('aba', 'ab*ba')]", false],
  ["[like('', '*')]", true],
  ["[padLeft('123', 10)]", '       123'],
  ["[padLeft('123', 10, '0')]", '0000000123'],
  ['[padLeft(13, 5)]', '   13'],
  ["[padLeft('longer', 2)]", 'longer'],
  ["[replace('123-123-1234', '-', '')]", '1231231234'],
  ["[replace('abcABC', 'B', '$&')]", 'abcA$&C'],
  ["[split('one,two,,three', ',')]", ['one', 'two', '', 'three']],
  ["[split('one;two,three', createArray(',', ';'))]", ['one', 'two', 'three']],
  ["[split('a.b|c', createArray('.', '|'))]", ['a', 'b', 'c']],
  ["[split('abc', '')]", ['abc']],
  ["[split('abc', createArray())]", ['abc']],
  ["[split('', ',')]", ['']],
  ["[substring('one two three', 4, 3)]", 'two'],
  ["[substring('asdfasf', 3)]", 'fasf'],
  ["[substring('abc', 3)]", ''],
  ["[substring('abc', 3, 0)]", ''],
])('%s gives %j', (expression, expected) => expect(evaluate(expression)).toEqual(expected));

test.each([
  ['padLeft', ['a', 5, ''], "The padding must be exactly one character. The padding parameter: ''."],
  ['padLeft', ['a', 5, 'xy'], "The padding must be exactly one character. The padding parameter: 'xy'."],
  ['padLeft', ['a', -1], "The total length cannot be less than zero. The total length parameter: '-1'."],
  ['replace', ['a', '', 'b'], 'The text to replace cannot be empty.'],
  ['split', ['a', [1]], "The delimiters must be of type 'String'. One is of type 'Integer'."],
  ['join', [[{}], ','], "The elements must be of type 'String', 'Integer' or 'Boolean'. One is of type 'Object'."],
  ['substring', ['1234567890', 0, -16], "The length parameter cannot be less than zero. The length parameter: '-16'."],
  [
    'substring',
    ['1234567890', 0, 11],
    "The index and length parameters must refer to a location within the string. The index parameter: '0', the length parameter: '11', the length of the string parameter: '10'.",
  ],
  [
    'substring',
    ['abc', 4],
    "The index and length parameters must refer to a location within the string. The index parameter: '4', the length parameter: '-1', the length of the string parameter: '3'.",
  ],
])('%s%j is refused', (name, args, reason) => {
  expect(callFault(name, args)).toBe(
    `Unable to evaluate the template language function '${name}'. ${reason} Please see https://aka.ms/arm-function-${name.toLowerCase()} for usage details.`,
  );
});

test('concat refuses arrays and texts together', () => {
  expect(faultOf("[concat('a', createArray('b'))]")).toBe(
    "The provided parameters for language function 'concat' are invalid. Either all or none of the parameters must be an array. Please see https://aka.ms/arm-functions#concat for usage details.",
  );
});
