/**
 * Text without control characters but line breaks and tabs. Messages quote templates, and a template must not be able
 * to move the cursor of a terminal; XML 1.0 cannot hold such characters at all.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '\uFFFD');
}
