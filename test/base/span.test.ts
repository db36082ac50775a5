import { expect, test } from 'vitest';
import { rangeOf, SourceText } from '../../src/base/span.ts';

const source = new SourceText('a.json', 'one\r\ntwo\n\nthree');

test.each([
  [0, 1, 1],
  [3, 1, 4],
  [5, 2, 1],
  [9, 3, 1],
  [10, 4, 1],
  [15, 4, 6],
])('offset %i is line %i, column %i', (offset, line, column) => {
  expect(source.positionAt(offset)).toEqual({ line, column });
});

test('a line comes without its line break', () => {
  expect([1, 2, 3, 4, 5].map((line) => source.lineText(line))).toEqual(['one', 'two', '', 'three', '']);
});

test('a range ends after its last letter', () => {
  expect(rangeOf({ source, offset: 5, length: 3 })).toEqual({
    start: { line: 2, column: 1 },
    end: { line: 2, column: 4 },
  });
});

test('a secret is not shown, on whichever lines it lies', () => {
  const source = new SourceText('a', 'key: secret\nand {more\nof} it');
  source.conceal(5, 6);
  source.conceal(16, 9);
  expect([1, 2, 3, 4].map((line) => source.shownLine(line))).toEqual(['key: ******', 'and *****', '*** it', '']);
  expect(source.lineText(1)).toBe('key: secret');
});
