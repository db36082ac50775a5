/**
 * The form in which names and IDs of ARM are compared: Azure ignores case by ordinal upper-casing, without regard to
 * any language.
 */
export function foldCase(name: string): string {
  const folded = name.toUpperCase();
  return folded.length === name.length ? folded : Array.from(name, foldCharacter).join('');
}

/** Ordinal upper-casing goes character by character: `ß` is not `SS`, which is all that Unicode has for it. */
function foldCharacter(character: string): string {
  const folded = character.toUpperCase();
  return folded.length === character.length ? folded : character;
}

/** Whether two names are the same to ARM; folding never changes a name's length. */
export function sameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && foldCase(a) === foldCase(b));
}

/** A map whose keys are ARM names: looked up without regard to case, listed as first written. */
export class CaseInsensitiveMap<V> {
  readonly #entries = new Map<string, { readonly key: string; value: V }>();

  constructor(entries: Iterable<readonly [string, V]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    return this.#entries.get(foldCase(key))?.value;
  }

  has(key: string): boolean {
    return this.#entries.has(foldCase(key));
  }

  set(key: string, value: V): this {
    const entry = this.#entries.get(foldCase(key));
    if (entry === undefined) this.#entries.set(foldCase(key), { key, value });
    else entry.value = value;
    return this;
  }

  delete(key: string): boolean {
    return this.#entries.delete(foldCase(key));
  }

  *keys(): Generator<string> {
    for (const { key } of this.#entries.values()) yield key;
  }

  *values(): Generator<V> {
    for (const { value } of this.#entries.values()) yield value;
  }

  *[Symbol.iterator](): Generator<[string, V]> {
    for (const { key, value } of this.#entries.values()) yield [key, value];
  }
}
