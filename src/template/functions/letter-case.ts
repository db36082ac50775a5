// The invariant culture maps character by character: what would become longer ('ß', 'ŉ', ligatures) stays as it is,
// and no rule looks at the neighbours (a final 'Σ' becomes 'σ').
const asciiOnly = /^[\0-\x7f]*$/;

export function toLowerInvariant(text: string): string {
  return asciiOnly.test(text) ? text.toLowerCase() : mapCharacters(text, (character) => character.toLowerCase());
}

export function toUpperInvariant(text: string): string {
  return asciiOnly.test(text) ? text.toUpperCase() : mapCharacters(text, (character) => character.toUpperCase());
}

/** The form in which texts are searched without regard to case; every character keeps its place. */
export function foldText(text: string): string {
  return toUpperInvariant(text);
}

function mapCharacters(text: string, map: (character: string) => string): string {
  let mapped = '';
  for (const character of text) {
    const other = map(character);
    mapped += other.length === character.length ? other : character;
  }
  return mapped;
}
