import { describe, expect, test } from 'vitest';
import { callFault, evaluate, evaluateToValue, faultOf } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array
const parameters = {
  numbers: [0, 3, 2, 5, 4],
  words: ['one', 'two', 'three'],
  shouting: ['FOO', 'BAR'],
  object: { one: 'a', Two: 'b' },
};

test.each([
  ['[array(1)]', [1]],
  ["[array('efgh')]", ['efgh']],
  ["[array(createObject('a', 'b'))]", [{ a: 'b' }]],
  ["[array(createArray('a'))]", ['a']],
  ['[array(null())]', [null]],
  ["[contains('OneTwoThree', 'e')]", true],
  ["[contains('OneTwoThree', 'ONE')]", false],
  ["[contains('a1b', 1)]", true],
  ["[contains(parameters('words'), 'three')]", true],
  ["[contains(parameters('shouting'), 'foo')]", false],
  ["[contains(parameters('shouting'), 123)]", false],
  ["[contains(createArray(createObject('a', 1)), createObject('a', 1))]", true],
  ["[contains(parameters('object'), 'TWO')]", true],
  ["[contains(parameters('object'), 'a')]", false],
  ["[contains(createObject('1', 'a'), 1)]", true],
  ['[createArray()]', []],
  ["[createArray(1, 'b', true(), null())]", [1, 'b', true, null]],
  ["[empty('')]", true],
  ["[empty(' ')]", false],
  ['[empty(null())]', true],
  ['[empty(createObject())]', true],
  ["[length(parameters('words'))]", 3],
  ["[length('One Two Three')]", 13],
  // A character beyond the basic plane counts as two, as in .NET.
  ["[length('😀')]", 2],
  ["[length(parameters('object'))]", 2],
  ["[first('One')]", 'O'],
  ["[first('')]", ''],
  ['[first(createArray())]', null],
  ["[last(parameters('words'))]", 'three'],
  ["[last('')]", ''],
  ['[last(createArray())]', null],
  ['[flatten(createArray(createArray(0, 1), createArray(), createArray(createArray(2))))]', [0, 1, [2]]],
  ["[indexOf(parameters('shouting'), 'foo')]", -1],
  ["[indexOf(parameters('shouting'), 'BAR')]", 1],
  ["[indexOf('abcdef', 'CD')]", 2],
  ["[indexOf('abc', '')]", 0],
  ["[indexOf('İx', 'X')]", 1],
  ["[lastIndexOf(createArray('a', 'b', 'a'), 'a')]", 2],
  ["[lastIndexOf('abcabc', 'AB')]", 3],
  ["[lastIndexOf('abc', 'z')]", -1],
  ['[range(5, 3)]', [5, 6, 7]],
  ['[range(1, 0)]', []],
  ['[range(-2, 3)]', [-2, -1, 0]],
  ["[skip(parameters('words'), 2)]", ['three']],
  ["[skip('one two', 4)]", 'two'],
  ["[skip('one', 99)]", ''],
  ["[skip('one', -1)]", 'one'],
  ["[take(parameters('words'), 2)]", ['one', 'two']],
  ["[take('one', 99)]", 'one'],
  ["[take('one', -1)]", ''],
  ["[take('one', json('9223372036854775807'))]", 'one'],
  ["[indexFromEnd(parameters('words'), 1)]", 'three'],
  ["[tryIndexFromEnd(parameters('words'), 3)]", 'one'],
  ["[tryIndexFromEnd(parameters('words'), 4)]", null],
  ["[tryIndexFromEnd(parameters('words'), 0)]", null],
])('%s gives %j', (expression, expected) => expect(evaluate(expression, { parameters })).toEqual(expected));

describe('sets', () => {
  test.each([
    ["[distinct(createArray('a', 'A', 'a', 1, '1', 1))]", ['a', 'A', 1, '1']],
    ["[distinct(createArray(createObject('a', 1, 'b', 2), createObject('b', 2, 'a', 1)))]", [{ a: 1, b: 2 }]],
    ['[union(createArray(1, 2), createArray(2, 3), createArray(3, 4))]', [1, 2, 3, 4]],
    ["[union(createArray('a', 'a'), createArray('b'))]", ['a', 'b']],
    ["[union(createObject('a', 1, 'b', 2), createObject('b', 3, 'c', 4))]", { a: 1, b: 3, c: 4 }],
    [
      "[union(createObject('a', createObject('x', 1, 'y', createArray(1, 2))), createObject('A', createObject('Y', createArray(3))))]",
      { a: { x: 1, y: [3] } },
    ],
    ["[union(createObject('a', createObject('x', 1)), createObject('a', null()))]", { a: null }],
    ["[union(createObject('a', 1), null())]", { a: 1 }],
    ['[union(null(), createArray(1))]', [1]],
    ['[union(null(), null())]', null],
    ['[intersection(createArray(1, 2, 3), createArray(3, 2, 4), createArray(2, 3))]', [2, 3]],
    ['[intersection(createArray(1, 1, 2), createArray(1))]', [1]],
    [
      "[intersection(createObject('one', 'a', 'two', 'b', 'three', 'c'), createObject('one', 'a', 'two', 'z', 'three', 'c'))]",
      { one: 'a', three: 'c' },
    ],
  ])('%s gives %j', (expression, expected) => expect(evaluate(expression)).toEqual(expected));

  test('members keep the order and the spelling in which they first came', () => {
    const value = evaluateToValue(
      "[string(union(createObject('2', 0, '10', 0, 'B', 0), createObject('b', 1, '1', 0)))]",
    );
    expect(value).toMatchObject({ value: '{"2":0,"10":0,"B":1,"1":0}' });
  });

  test.each([
    ['union', [[1], { a: 1 }], "'Array', 'Object'"],
    ['intersection', [{ a: 1 }, [1]], "'Object', 'Array'"],
  ])('%s refuses arrays and objects together', (name, args, kinds) => {
    expect(callFault(name, args)).toBe(
      `The template language function '${name}' expects its parameters to be either all arrays or all objects. The provided values are of type ${kinds}. Please see https://aka.ms/arm-functions#${name} for usage details.`,
    );
  });
});

test.each([
  [
    '[range(0, 10001)]',
    "Unable to evaluate the template language function 'range'. The count must be between 0 and 10000. The count parameter: '10001'. Please see https://aka.ms/arm-function-range for usage details.",
  ],
  [
    '[range(2147483647, 1)]',
    "Unable to evaluate the template language function 'range'. The sum of start index and count must not be greater than 2147483647. The start index parameter: '2147483647', the count parameter: '1'. Please see https://aka.ms/arm-function-range for usage details.",
  ],
  ['[indexFromEnd(createArray(1), 2)]', "The language expression property array index '2' is out of bounds."],
  [
    '[flatten(createArray(1))]',
    "Unable to evaluate the template language function 'flatten'. Every element must be of type 'Array'. One is of type 'Integer'. Please see https://aka.ms/arm-function-flatten for usage details.",
  ],
  [
    "[contains('a', true())]",
    "The template language function 'contains' expects its second parameter to be of type 'String' or 'Integer'. The provided value is of type 'Boolean'. Please see https://aka.ms/arm-functions#contains for usage details.",
  ],
  [
    "[indexOf('a', 1)]",
    "The template language function 'indexOf' expects its second parameter to be of type 'String'. The provided value is of type 'Integer'. Please see https://aka.ms/arm-functions#indexOf for usage details.",
  ],
])('%s is refused', (expression, message) => expect(faultOf(expression)).toBe(message));
