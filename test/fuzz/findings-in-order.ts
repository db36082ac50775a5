import type { Diagnostic } from '../../src/base/diagnostic.ts';

/** Findings that anybody can work with: they say something, and their places are in the text. */
export function checkFindings(diagnostics: readonly Diagnostic[], text: string): void {
  const lines = text.split('\n');
  for (const { code, message, range } of diagnostics) {
    // A rule that throws is a finding of its own.
    if (code === 'AGW0002') throw new Error(`A rule failed: ${message}`);
    if (message === '') throw new Error(`${code} says nothing.`);
    if (range === null) continue;
    const { start, end } = range;
    const isInside = start.line >= 1 && end.line <= lines.length && start.column >= 1;
    const isForward = start.line < end.line || (start.line === end.line && start.column <= end.column);
    const isInLine = start.column <= (lines[start.line - 1]?.length ?? 0) + 1;
    if (!isInside || !isForward || !isInLine) throw new Error(`${code} is at ${JSON.stringify(range)}: ${message}`);
  }
}
