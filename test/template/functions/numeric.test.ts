import { expect, test } from 'vitest';
import { call, evaluate, faultOf } from './call.ts';

const greatest = 2n ** 63n - 1n;
const least = -(2n ** 63n);

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-numeric
test.each([
  ['add', [5, 3], 8n],
  ['add', [greatest, -1], greatest - 1n],
  ['sub', [0, 10], -10n],
  ['mul', [5, 3], 15n],
  ['div', [8, 3], 2n],
  ['div', [-8, 3], -2n],
  ['mod', [7, 3], 1n],
  ['mod', [-7, 3], -1n],
  ['int', ['4'], 4n],
  ['int', ['-4'], -4n],
  ['int', ['+4'], 4n],
  ['int', ['9223372036854775807'], greatest],
  ['int', ['-9223372036854775808'], least],
  ['int', [123], 123n],
  ['max', [0, 3, 2, 5, 4], 5n],
  ['max', [[0, 3, 2]], 3n],
  ['min', [[10, 4, 1, 6]], 1n],
  ['min', [7], 7n],
])('%s(%s) gives %s', (name, args, expected) => {
  expect(call(name, args)).toMatchObject({ kind: 'Integer', value: expected });
});

test.each([
  [3, 3],
  ['3.5', 3.5],
  ['-1e3', -1000],
  ['.5', 0.5],
])('float(%j) gives %d', (arg, expected) => expect(call('float', [arg])).toEqual({ kind: 'Float', value: expected }));

test.each(["[float('x')]", "[float('1e999')]", "[float('')]"])('%s is refused', (expression) => {
  expect(faultOf(expression)).toContain("The template language function 'float' cannot convert provided value");
});

test.each([
  ["[mul(json('9223372036854775807'), 2)]", 'mul', '9223372036854775807', '2'],
  ["[sub(json('-9223372036854775808'), 1)]", 'sub', '-9223372036854775808', '1'],
  ["[div(json('-9223372036854775808'), -1)]", 'div', '-9223372036854775808', '-1'],
])('%s overflows', (expression, name, a, b) => {
  expect(faultOf(expression)).toBe(
    `The template language function '${name}' overflowed with the operants '${a}' and '${b}'.`,
  );
});

test.each(['asdf', '', '1.5', ' 4', '0x10', '9223372036854775808', '1'.repeat(5000)])('int(%j) is refused', (text) => {
  expect(faultOf(`[int('${text}')]`)).toBe(
    `The template language function 'int' cannot convert provided value '${text}' to integer value. Please see https://aka.ms/arm-function-int for usage details.`,
  );
});

test.each([
  ['[div(1, 0)]', 'div', 'The divisor cannot be zero.'],
  ['[mod(1, 0)]', 'mod', 'The divisor cannot be zero.'],
  ['[max(createArray())]', 'max', 'The array has no element.'],
  ["[min(createArray(1, 'a'))]", 'min', "The values to compare must be of type 'Integer'. One is of type 'String'."],
  ['[copyIndex(1, 2)]', 'copyIndex', 'The first of two parameters must be the name of a loop.'],
])('%s is refused', (expression, name, reason) => {
  expect(faultOf(expression, { loops: { loop: 0 } })).toBe(
    `Unable to evaluate the template language function '${name}'. ${reason} Please see https://aka.ms/arm-function-${name.toLowerCase()} for usage details.`,
  );
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources
test.each([
  ['[copyIndex()]', 2],
  ['[copyIndex(1)]', 3],
  ["[copyIndex('inner')]", 2],
  ["[copyIndex('outer')]", 5],
  ["[copyIndex('outer', 10)]", 15],
])('in a loop %s gives %d', (expression, expected) => {
  expect(evaluate(expression, { loops: { inner: 2, outer: 5 } })).toBe(expected);
});

test('copyIndex needs a loop', () => {
  expect(faultOf('[copyIndex()]')).toBe(
    "The template function 'copyIndex' is not expected at this location. The function can only be used in a resource with copy specified. Please see https://aka.ms/arm-copy for usage details.",
  );
});
