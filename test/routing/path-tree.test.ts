import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PathTree } from '../../src/routing/path-tree.ts';
import type { PathTreeEntry } from '../../src/routing/path-tree-layout.ts';

function entriesOf(patterns: readonly string[]): PathTreeEntry[] {
  return patterns.map((pattern, index) => {
    const isPrefix = pattern.endsWith('*');
    return { literal: isPrefix ? pattern.slice(0, -1) : pattern, isPrefix, index };
  });
}

/** Looks at every entry. */
function scan(entries: readonly PathTreeEntry[], text: string, precedence: 'listed' | 'exactFirst' | 'mostSpecific') {
  const fitting = entries.filter(({ literal, isPrefix }) => (isPrefix ? text.startsWith(literal) : text === literal));
  const exact = fitting.find(({ isPrefix }) => !isPrefix);
  if (precedence !== 'listed' && exact !== undefined) return exact.index;
  if (precedence !== 'mostSpecific') return fitting[0]?.index;
  return fitting.toSorted((a, b) => b.literal.length - a.literal.length)[0]?.index;
}

const letters = fc.string({ unit: fc.constantFrom('/', 'a', 'b', 'ä', '\u{1f600}'), maxLength: 5 });
const pattern = fc.tuple(letters, fc.boolean()).map(([text, isPrefix]) => (isPrefix ? `${text}*` : text));

describe('a path tree finds what a scan finds', () => {
  test.each(['listed', 'exactFirst', 'mostSpecific'] as const)('with precedence %s', (precedence) => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 30 }), letters, (patterns, text) => {
        const entries = entriesOf(patterns);
        expect(new PathTree(entries, precedence).find(text)).toBe(scan(entries, text, precedence));
      }),
      { numRuns: 2000 },
    );
  });

  test('also for prefixes alone', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 30 }), letters, (patterns, text) => {
        const prefixes = entriesOf(patterns).filter(({ isPrefix }) => isPrefix);
        const found = new PathTree(entriesOf(patterns), 'listed').findPrefix(text);
        expect(found).toBe(scan(prefixes, text, 'listed'));
      }),
    );
  });

  test('among ten thousand, and when there are none', () => {
    const entries = entriesOf(Array.from({ length: 10_000 }, (_, index) => `/area${index}/*`));
    const tree = new PathTree(entries, 'listed');
    for (const number of [0, 9, 10, 4711, 9999]) expect(tree.find(`/area${number}/x`)).toBe(number);
    expect(tree.find('/area10000/x')).toBeUndefined();
    expect(new PathTree([], 'listed').find('/')).toBeUndefined();
  });
});
