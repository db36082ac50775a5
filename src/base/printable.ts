/**
 * Text without control characters but line breaks and tabs. Messages quote templates, and a template must not be able
 * to move the cursor of a terminal; XML 1.0 cannot hold most such characters at all.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|\r(?!\n)/gu, '\uFFFD');
}

/** What a painter switches on and off again: bold, faint, red, yellow, cyan. */
const colour = /(\p{Cc}\[(?:1|2|22|31|33|36|39)m)/u;

/** The same for text that is painted already; it keeps its colours. */
export function printableInColour(text: string): string {
  const parts = text.split(colour);
  return parts.map((part, index) => (index % 2 === 1 && part.startsWith('\u001b') ? part : printable(part))).join('');
}
