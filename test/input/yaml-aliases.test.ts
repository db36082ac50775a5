import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { SourceText } from '../../src/base/span.ts';
import { parseConfig } from '../../src/input/parse-config.ts';
import { findAliasProblem } from '../../src/input/yaml-aliases.ts';
import { parseTestFile } from '../../src/smoke/format/parse-test-file.ts';

/** Each line stands for ten times what the one before it does. */
const laughs = `a0: &a0 [1]\n${Array.from({ length: 12 }, (_, n) => {
  return `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]\n`;
}).join('')}`;

test.each([
  ['stands for nothing', 'a: *b\n', "The alias '*b' stands for nothing; '&b' has to come before it."],
  [
    'comes before what it stands for',
    'a: *b\nb: &b 1\n',
    "The alias '*b' stands for nothing; '&b' has to come before it.",
  ],
  ['is inside of what it stands for', 'a: &b [1, [*b]]\n', "The alias '*b' is inside of what it stands for."],
  ['multiplies what it stands for', laughs, 'Its aliases stand for more than 100000 values altogether.'],
])('an alias that %s is told', (_name, text, message) => {
  expect(findAliasProblem(parseDocument(text))?.message).toBe(message);
});

test('aliases that are in order are none', () => {
  expect(findAliasProblem(parseDocument('a: &b { c: [1, 2] }\nd: *b\ne: [*b, *b]\n'))).toBeNull();
});

test('a test file and an agate.yaml with such an alias are findings at its place', () => {
  const read = [
    parseTestFile(new SourceText('a.test.yaml', 'tests:\n  - name: *b\n')),
    parseConfig(new SourceText('agate.yaml', 'lint:\n  ignore: &b [*b]\n')),
  ];
  expect(read.map(({ diagnostics }) => diagnostics.map(({ message, range }) => [message, range?.start]))).toEqual([
    [
      [
        "'a.test.yaml' cannot be read: The alias '*b' stands for nothing; '&b' has to come before it.",
        { line: 2, column: 11 },
      ],
    ],
    [["'agate.yaml' cannot be read: The alias '*b' is inside of what it stands for.", { line: 2, column: 15 }]],
  ]);
});
