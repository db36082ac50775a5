import fc from 'fast-check';

/** A place in a text, how much of it goes, and what comes instead. */
type Change = readonly [at: number, removed: number, inserted: string];

/**
 * Texts that somebody could have written, with pieces lost, doubled, replaced and put in from a list of words.
 *
 * @param texts that are in order
 * @param words that mean something where such texts are read
 */
export function mutatedText(texts: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  const inserted = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('', ...words) },
    { weight: 2, arbitrary: pieceOf(texts) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  );
  const removed = fc.oneof(fc.constant(0), fc.nat(4), fc.nat(200));
  const change = fc.tuple(fc.nat(), removed, inserted);
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([text, changes]) => changes.reduce(apply, text));
}

function apply(text: string, [place, removed, inserted]: Change): string {
  const at = place % (text.length + 1);
  return text.slice(0, at) + inserted + text.slice(at + removed);
}

function pieceOf(texts: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(120)).map(([text, place, length]) => {
    const at = place % (text.length + 1);
    return text.slice(at, at + length);
  });
}
