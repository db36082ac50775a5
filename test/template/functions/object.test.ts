import { describe, expect, test } from 'vitest';
import { toJson } from '../../../src/template/value.ts';
import { call, callFault, evaluate, faultOf } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-object
const parameters = {
  object: { properties: { displayName: 'Test 001', values: ['Value 1', 'Value 2'], none: null } },
  mixed: { ghi: 0, DEF: 0, abc: 0, '123': 0, GHI: 0, def: 0, ABC: 0, '456': 0 },
};

test.each([
  ['[createObject()]', {}],
  ["[createObject('a', 1, 'b', createArray())]", { a: 1, b: [] }],
  ["[createObject('a', 1, 'a', 2)]", { a: 2 }],
  [
    "[map(items(parameters('mixed')), lambda('item', lambdaVariables('item').key))]",
    ['123', '456', 'abc', 'ABC', 'def', 'DEF', 'ghi', 'GHI'],
  ],
  [
    "[items(createObject('b', 1, 'a', 2))]",
    [
      { key: 'a', value: 2 },
      { key: 'b', value: 1 },
    ],
  ],
  // Keys that differ in case only stay in the order of the object.
  ["[objectKeys(parameters('mixed'))]", ['123', '456', 'abc', 'ABC', 'DEF', 'def', 'ghi', 'GHI']],
  ['[null()]', null],
  ["[shallowMerge(createArray(createObject('ABC', 0), createObject('aBC', 1)))]", { ABC: 1 }],
  ["[shallowMerge(createArray(createObject('a', 1), createObject('a', null())))]", { a: null }],
  [
    "[shallowMerge(createArray(createObject('a', createObject('x', 1)), createObject('a', createObject())))]",
    { a: {} },
  ],
  ['[shallowMerge(createArray())]', {}],
  ["[tryGet(parameters('object'), 'properties', 'displayName')]", 'Test 001'],
  ["[tryGet(parameters('object'), 'PROPERTIES', 'values', 1)]", 'Value 2'],
  ["[tryGet(parameters('object'), 'properties', 'values', 2)]", null],
  ["[tryGet(parameters('object'), 'properties', 'values', -1)]", null],
  ["[tryGet(parameters('object'), 'nothing', 'values', 1)]", null],
  ["[tryGet(parameters('object').properties, 'none', 'deeper')]", null],
  ["[tryGet(null(), 'a')]", null],
  ["[tryGet(createArray('a', 'b', 'c'), createObject('value', 1, 'fromEnd', true()))]", 'c'],
  ["[tryGet(createArray('a', 'b', 'c'), createObject('value', 1, 'fromEnd', false()))]", 'b'],
  ["[tryGet(createArray('a'), createObject('value', 2, 'fromEnd', true()))]", null],
])('%s gives %j', (expression, expected) => expect(evaluate(expression, { parameters })).toEqual(expected));

test.each([
  ['createObject', ['a'], 'The function expects an even number of parameters. 1 were provided.'],
  ['createObject', [1, 2], "Every key must be of type 'String'. One is of type 'Integer'."],
  ['shallowMerge', [[1]], "Every element must be of type 'Object'. One is of type 'Integer'."],
  ['tryGet', [{ a: 'text' }, 'a', 'b'], "A value of type 'String' has no properties."],
  ['tryGet', [[1], {}], "An index given as an object needs a 'value' of type 'Integer'."],
])('%s%j is refused', (name, args, reason) => {
  expect(callFault(name, args)).toBe(
    `Unable to evaluate the template language function '${name}'. ${reason} Please see https://aka.ms/arm-function-${name.toLowerCase()} for usage details.`,
  );
});

test.each([
  ['tryGet', [{ a: 1 }, 1], "The language expression property '1' can't be evaluated, property name must be a string."],
  ['tryGet', [[1], 'x'], "The language expression property 'x' can't be evaluated."],
])('%s%j is refused', (name, args, message) => expect(callFault(name, args)).toBe(message));

test('keys that JavaScript knows otherwise are ordinary data', () => {
  const value = evaluate("[string(createObject('__proto__', 1, 'constructor', 2, '1', 3))]");
  expect(value).toBe('{"__proto__":1,"constructor":2,"1":3}');
  expect(evaluate("[contains(createObject(), '__proto__')]")).toBe(false);
  expect(evaluate("[tryGet(createObject(), 'constructor')]")).toBeNull();
});

describe('json', () => {
  test.each([
    ['null', null],
    ['', null],
    [' true ', true],
    ['3', 3],
    ['-3.5e1', -35],
    ['"test"', 'test'],
    ['{"a": "b"}', { a: 'b' }],
    ["{'a': 'it\\'s'}", { a: "it's" }],
    ['{a: 1, $b_2: 2}', { a: 1, $b_2: 2 }],
    ['[1,2,3 ]', [1, 2, 3]],
    ['[1,2,]', [1, 2]],
    ['{"a":1,}', { a: 1 }],
    ['[/* one */1] // comment\n', [1]],
    ['"two\nlines"', 'two\nlines'],
    ['"\\u0041\\n\\/"', 'A\n/'],
    ['{"a":1,"a":2}', { a: 2 }],
    ['0x1F', 31],
    ['010', 8],
    ['\ufeff[]', []],
  ])('reads %j', (text, expected) => expect(toJson(call('json', [text]))).toEqual(expected));

  test('keeps integers of 64 bits and the difference between 1 and 1.0', () => {
    expect(call('json', ['9223372036854775807'])).toMatchObject({ kind: 'Integer', value: 9223372036854775807n });
    expect(call('json', ['1.0'])).toMatchObject({ kind: 'Float', value: 1 });
    expect(call('json', ['9223372036854775808'])).toMatchObject({ kind: 'Float' });
  });

  test.each([
    '{',
    '[1',
    '[1 2]',
    '{"a"}',
    '{"a":}',
    '"open',
    '\'a"',
    '[,]',
    'tru',
    '1 2',
    '08',
    '1e999',
    '"\\x"',
    '// comment\n[1]',
    '/*',
    '['.repeat(100_000),
  ])('refuses %s', (text) =>
    expect(callFault('json', [text])).toBe(
      "Unable to evaluate the template language function 'json'. The argument provided is not a valid JSON string. Please see https://aka.ms/arm-function-json for usage details.",
    ),
  );
});

test('a key that is no text is refused with its type', () => {
  expect(faultOf('[createObject(null(), 1)]')).toContain("One is of type 'Null'.");
});
