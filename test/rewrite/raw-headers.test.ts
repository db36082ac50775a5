import { expect, test } from 'vitest';
import { allHeaders, deleteHeader, firstHeader, fitHeaderValue, setHeader } from '../../src/rewrite/raw-headers.ts';

const several = ['A', '1', 'b', '2', 'a', '3'];

test('headers are found in any letter case', () => {
  expect(firstHeader(several, 'B')).toBe('2');
  expect(allHeaders(several, 'a')).toEqual(['1', '3']);
  expect(firstHeader(several, '2')).toBeUndefined();
});

test('setting a header leaves one line where the first one stood', () => {
  const headers = [...several];
  setHeader(headers, 'a', 'new');
  expect(headers).toEqual(['a', 'new', 'b', '2']);
});

test('setting a missing header adds a line', () => {
  const headers = [...several];
  setHeader(headers, 'C', 'new');
  expect(headers).toEqual([...several, 'C', 'new']);
});

test('deleting a header takes all its lines away', () => {
  const headers = [...several];
  expect(deleteHeader(headers, 'A')).toBe(true);
  expect(headers).toEqual(['b', '2']);
  expect(deleteHeader(headers, 'A')).toBe(false);
});

test.each([
  ['plain', 'plain'],
  [' blanks around ', 'blanks around'],
  ['tab\tinside', 'tab\tinside'],
  ['line\r\nbreak', 'linebreak'],
  ['null\0', 'null'],
  ['é', 'é'],
  ['☃', ''],
])('%j fits as %j', (value, expected) => expect(fitHeaderValue(value)).toBe(expected));
