import { describe, expect, test } from 'vitest';
import { millisecondsOf } from '../../src/smoke/format/duration.ts';
import { parseJsonQuery, queryJson } from '../../src/smoke/format/json-query.ts';
import { textMatcher } from '../../src/smoke/format/text-matcher.ts';
import { fillVariables, unknownVariables } from '../../src/smoke/format/variables.ts';

describe('textMatcher', () => {
  test.each([
    ['web', 'web', true],
    ['web', 'Web', false],
    ['web', 'webs', false],
    [200, '200', true],
    [true, 'true', true],
    [null, null, true],
    [null, '', false],
    ['', '', true],
    ['web', null, false],
    ['/^w/', 'web', true],
    ['/^W/', 'web', false],
    ['/^W/i', 'web', true],
    ['/^w/', null, false],
    ['/', '/', true],
    [{ matches: '^w' }, 'web', true],
    [{ contains: 'e' }, 'web', true],
    [{ contains: 'x' }, 'web', false],
    [{ contains: 'x' }, null, false],
    [{ not: 'web' }, 'api', true],
    [{ not: 'web' }, 'web', false],
    [{ not: 'web' }, null, true],
    [{ not: null }, 'web', true],
    [{ not: null }, null, false],
    [{ not: { contains: 'e' } }, 'web', false],
  ])('%j takes %j: %s', (expected, actual, fits) => expect(textMatcher(expected).matches(actual)).toBe(fits));

  test.each([
    ['/images/', '/images/', true],
    ['/images/', 'images', false],
    ['/^\\/images/', '/images/cat.png', true],
    ['/^\\/images/', '/video', false],
  ])('as a path, %j takes %j: %s', (expected, actual, fits) => {
    expect(textMatcher(expected, 'path').matches(actual)).toBe(fits);
  });
});

test.each([
  ['$', []],
  ['$.a', ['a']],
  ['$.a.b-c[0]', ['a', 'b-c', 0]],
  ["$['a.b']", ['a.b']],
  ['$["a\\"b"].c', ['a"b', 'c']],
  ["$['it\\'s']", ["it's"]],
  ['a', undefined],
  ['$a', undefined],
  ['$.', undefined],
  ['$[a]', undefined],
  ['$.a[', undefined],
])('%s is read as the path %j', (query, segments) => expect(parseJsonQuery(query)).toEqual(segments));

test.each([
  [['a', 1, 'b'], 2],
  [['a', 0], { b: 1 }],
  [[], { a: [{ b: 1 }, { b: 2 }] }],
  [['x'], undefined],
  [['a', 'length'], undefined],
  [['constructor'], undefined],
])('%j leads to %j', (segments, found) => {
  expect(queryJson({ a: [{ b: 1 }, { b: 2 }] }, segments)).toEqual(found);
});

test.each([
  ['500ms', 500],
  ['2s', 2000],
  ['1.5s', 1500],
  ['1m', 60_000],
])('%s are %d milliseconds', (duration, milliseconds) => expect(millisecondsOf(duration)).toBe(milliseconds));

/** A reference to a variable, as a test file has it. */
const ref = (name: string) => `$\{${name}}`;

test('variables are filled in everywhere, keys too', () => {
  const filled = fillVariables(
    {
      url: `${ref('host')}/${ref('id')}`,
      list: [ref('id'), 5],
      [`x-${ref('id')}`]: null,
      escaped: `$${ref('id')}`,
      unknown: ref('other'),
    },
    { host: 'http://a', id: '42' },
  );
  expect(filled).toEqual({
    url: 'http://a/42',
    list: ['42', 5],
    'x-42': null,
    escaped: ref('id'),
    unknown: ref('other'),
  });
});

test('names of an object itself are no variables', () => {
  expect(unknownVariables(`${ref('constructor')} $${ref('x')}`, ['a'], new Set(['b']))).toEqual([
    {
      path: ['a'],
      message: "There is no variable 'constructor' at this point.",
      hint: 'Write $${ for the two characters; defined here: b.',
    },
  ]);
  expect(fillVariables(ref('constructor'), {})).toBe(ref('constructor'));
});
