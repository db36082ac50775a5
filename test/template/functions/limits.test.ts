import { expect, test } from 'vitest';
import { callFault, faultOf } from './call.ts';

const long = 'a'.repeat(600_000);

test.each([
  ['padLeft', ['a', 2_000_000], 2_000_000],
  ['padLeft', ['a', 9223372036854775807n], 9223372036854775807n],
  ['concat', [long, long], 1_200_000],
  ['replace', ['a'.repeat(2000), 'a', 'b'.repeat(2000)], 4_000_000],
  ['format', ['{0,99999999}', 'a'], 99_999_999],
  ['format', ['{0,-99999999}', 'a'], 99_999_999],
  ['format', ['{0:D99999999}', 1], 99_999_999],
  ['format', ['{0}{0}', long], 1_200_000],
  ['uriComponent', ['ü'.repeat(400_000)], 2_400_000],
  ['base64', ['a'.repeat(900_000)], 1_200_000],
])('%s does not make a text longer than 1048576 characters', (name, args, length) => {
  expect(callFault(name, args)).toBe(
    `Unable to evaluate the template language function '${name}'. The result has ${length} characters; Agate allows 1048576. Please see https://aka.ms/arm-function-${name.toLowerCase()} for usage details.`,
  );
});

test('string stops at a value that is small in memory and immense on paper', () => {
  const doubled = "createArray(lambdaVariables('v'), lambdaVariables('v'))";
  const expression = `[string(reduce(range(0, 18), 'abcdefgh', lambda('v', 'i', ${doubled})))]`;
  expect(faultOf(expression)).toContain('Agate allows 1048576.');
});

test('arrays do not grow beyond 100000 elements', () => {
  const items = Array.from({ length: 60_000 }, (_, index) => index);
  for (const name of ['concat', 'union'])
    expect(callFault(name, [items, items])).toContain('The result has 120000 elements; Agate allows 100000.');
  expect(callFault('flatten', [[items, items]])).toContain('The result has 120000 elements; Agate allows 100000.');
  expect(callFault('split', [','.repeat(200_000), ','])).toContain(
    'The result has 200001 elements; Agate allows 100000.',
  );
});

test('split takes at most 100 delimiters', () => {
  const delimiters = Array.from({ length: 101 }, (_, index) => `d${index}`);
  expect(callFault('split', ['a', delimiters])).toContain('There are 101 delimiters; Agate allows 100.');
});

test('comparing stops at values that are nested too deep', () => {
  const nested = Array.from({ length: 600 }).reduce<unknown>((inner) => [inner], 1);
  const other = Array.from({ length: 600 }).reduce<unknown>((inner) => [inner], 1);
  expect(callFault('equals', [nested, other])).toContain(
    'The values are nested deeper than 500 levels; Agate stops there.',
  );
});

test('white space inside a long text does not slow down trim', () => {
  const text = `a${' '.repeat(500_000)}b`;
  expect(callFault('trim', [text])).toBe(`no fault, but ${JSON.stringify(text)}`);
});
