import type { Diagnostic } from '../base/diagnostic.ts';

/**
 * Of findings that say the same about the same place in a text only the first: a value that a loop deploys ten times, or
 * a template that several others link to, is mended once.
 */
export function dropRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, file, range, message }) => {
    if (range === null) return true;
    const { start, end } = range;
    const identity = `${code} ${start.line}:${start.column}-${end.line}:${end.column} ${file}\n${message}`;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}
