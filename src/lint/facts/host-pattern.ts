/**
 * Whether every host name that fits `narrow` fits `wide` too; both may have `*` (one or more characters, dots included)
 * and `?` (one character).
 * https://learn.microsoft.com/azure/application-gateway/multiple-site-overview#wildcard-host-names-in-listener
 */
export function hostPatternCovers(wide: string, narrow: string): boolean {
  const pattern = wide.toLowerCase();
  const text = narrow.toLowerCase();
  let at = 0;
  let retry: { readonly pattern: number; readonly text: number } | undefined;
  // Greedy, going back to the last `*` only, so that the time stays within the product of the lengths.
  for (let position = 0; position < text.length; ) {
    if (pattern[at] === '*') {
      at += 1;
      position += 1;
      retry = { pattern: at, text: position };
    } else if (fitsOne(pattern[at], text[position])) {
      at += 1;
      position += 1;
    } else if (retry !== undefined) {
      retry = { pattern: retry.pattern, text: retry.text + 1 };
      at = retry.pattern;
      position = retry.text;
    } else return false;
  }
  return at === pattern.length;
}

/** A `*` of the narrow pattern stands for any number of characters: only a `*` of the wide one takes them all. */
function fitsOne(pattern: string | undefined, character: string | undefined): boolean {
  if (pattern === '?') return character !== '*' && character !== '.';
  return pattern !== undefined && pattern === character;
}
