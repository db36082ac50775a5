import { expect, test } from 'vitest';
import { evaluate, faultOf } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-lambda
const variables = {
  dogs: [
    { name: 'Evie', age: 5 },
    { name: 'Casper', age: 3 },
    { name: 'Indy', age: 2 },
    { name: 'Kira', age: 5 },
  ],
};

test.each([
  [
    "[map(filter(variables('dogs'), lambda('dog', greaterOrEquals(lambdaVariables('DOG').age, 5))), lambda('d', lambdaVariables('d').name))]",
    ['Evie', 'Kira'],
  ],
  [
    "[filter(createArray('a', 'b', 'c', 'd'), lambda('item', 'i', equals(mod(lambdaVariables('i'), 2), 0)))]",
    ['a', 'c'],
  ],
  [
    "[map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('x'), lambdaVariables('i'))))]",
    ['a0', 'b1'],
  ],
  ["[map(createArray(), lambda('x', fail('not reached')))]", []],
  ["[reduce(range(1, 5), 1, lambda('cur', 'next', mul(lambdaVariables('cur'), lambdaVariables('next'))))]", 120],
  [
    "[reduce(createArray('a', 'b'), '', lambda('cur', 'next', 'i', concat(lambdaVariables('cur'), lambdaVariables('next'), lambdaVariables('i'))))]",
    'a0b1',
  ],
  ["[reduce(createArray(), 0, lambda('cur', 'next', fail('not reached')))]", 0],
  [
    "[sort(createArray(8, 3, 10, -13, 5), lambda('x', 'y', less(lambdaVariables('x'), lambdaVariables('y'))))]",
    [-13, 3, 5, 8, 10],
  ],
  [
    "[toObject(createArray(123, 456, 789), lambda('i', format('{0}', div(lambdaVariables('i'), 100))))]",
    { '1': 123, '4': 456, '7': 789 },
  ],
  [
    "[toObject(createArray('a', 'b'), lambda('x', lambdaVariables('x')), lambda('x', format('Hi {0}!', lambdaVariables('x'))))]",
    { a: 'Hi a!', b: 'Hi b!' },
  ],
  ["[toObject(createArray(1, 2), lambda('i', 'same'))]", { same: 2 }],
  [
    "[groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))]",
    { f: ['foo'], b: ['bar', 'baz'] },
  ],
  [
    "[groupBy(createArray('foo', 'bar', 'baz'), lambda('x', first(lambdaVariables('x'))), lambda('x', length(lambdaVariables('x'))))]",
    { f: [3], b: [3, 3] },
  ],
  ["[mapValues(createObject('a', 123, 'b', 456), lambda('val', mul(lambdaVariables('val'), 2)))]", { a: 246, b: 912 }],
  // The inner variable hides the outer one of the same name, and what is around stays visible.
  [
    "[map(range(0, 2), lambda('x', map(range(5, 2), lambda('x', lambdaVariables('x')))))]",
    [
      [5, 6],
      [5, 6],
    ],
  ],
  [
    "[map(range(0, 2), lambda('x', map(range(5, 2), lambda('y', add(lambdaVariables('x'), lambdaVariables('y'))))))]",
    [
      [5, 6],
      [6, 7],
    ],
  ],
])('%s gives %j', (expression, expected) => expect(evaluate(expression, { variables })).toEqual(expected));

test.each(['less', 'lessOrEquals'])('sort by %s keeps the order of equal elements', (order) => {
  const names = evaluate(
    `[map(sort(variables('dogs'), lambda('a', 'b', ${order}(lambdaVariables('a').age, lambdaVariables('b').age))), lambda('d', lambdaVariables('d').name))]`,
    { variables },
  );
  expect(names).toEqual(['Indy', 'Casper', 'Evie', 'Kira']);
});

test.each([
  [
    "[filter(createArray(1), lambda('x', 1))]",
    'filter',
    "The lambda must return a value of type 'Boolean'. It returned one of type 'Integer'.",
  ],
  [
    "[sort(createArray(1, 2), lambda('x', 'y', 1))]",
    'sort',
    "The lambda must return a value of type 'Boolean'. It returned one of type 'Integer'.",
  ],
  [
    "[toObject(createArray(1), lambda('x', 1))]",
    'toObject',
    "The lambda must return a key of type 'String'. It returned one of type 'Integer'.",
  ],
  [
    "[groupBy(createArray(1), lambda('x', null()))]",
    'groupBy',
    "The lambda must return a key of type 'String'. It returned one of type 'Null'.",
  ],
  ['[map(createArray(1), 1)]', 'map', 'The second parameter must be a lambda.'],
  ['[map(createArray(1), lambda(1))]', 'map', 'The lambda must declare 1 to 2 variable(s); it declares 0.'],
  ["[sort(createArray(1), lambda('x', 1))]", 'sort', 'The lambda must declare 2 variable(s); it declares 1.'],
  ["[map(createArray(1), lambda(concat('x'), 1))]", 'map', 'The variables of a lambda must be string literals.'],
])('%s is refused', (expression, name, reason) => {
  expect(faultOf(expression)).toBe(
    `Unable to evaluate the template language function '${name}'. ${reason} Please see https://aka.ms/arm-function-${name.toLowerCase()} for usage details.`,
  );
});

test.each([
  ["[map('text', lambda('x', 1))]", 'map', 'Array', 'String'],
  ["[mapValues(createArray(), lambda('x', 1))]", 'mapValues', 'Object', 'Array'],
])('%s has an argument of the wrong type', (expression, name, expected, provided) => {
  expect(faultOf(expression)).toBe(
    `The template language function '${name}' expects its first parameter to be of type '${expected}'. The provided value is of type '${provided}'. Please see https://aka.ms/arm-functions#${name} for usage details.`,
  );
});

test('a lambda may only stand where one is expected', () => {
  expect(faultOf("[reduce(createArray(1), lambda('x', 'y', 1), 1)]")).toBe(
    "The template function 'lambda' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.",
  );
});

test('a lambda variable that is not declared is a fault', () => {
  expect(faultOf("[map(range(0, 1), lambda('x', lambdaVariables('y')))]")).toContain("'y' is not found");
});
