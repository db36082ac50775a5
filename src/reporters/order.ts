import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { severities } from '../base/diagnostic.ts';

/** Findings as a reader goes through a file: by file, line and column; those without a place come first. */
export function byPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      compare(a.file ?? '', b.file ?? '') ||
      (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
      (a.range?.start.column ?? 0) - (b.range?.start.column ?? 0) ||
      gravity(a.severity) - gravity(b.severity) ||
      compare(a.code, b.code),
  );
}

/** The gravest findings first, and among equals by place. */
export function byGravity(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return byPlace(diagnostics).toSorted((a, b) => gravity(a.severity) - gravity(b.severity));
}

function gravity(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Ordinal, so that the order does not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
