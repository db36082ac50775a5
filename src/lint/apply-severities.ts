import type { Diagnostic } from '../base/diagnostic.ts';
import type { Severities } from './run-rules.ts';

/** Gives findings the severities that were asked for, those of earlier phases too; what is off is left out. */
export function applySeverities(diagnostics: readonly Diagnostic[], severities: Severities): readonly Diagnostic[] {
  if (severities.size === 0) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    const severity = severities.get(diagnostic.rule) ?? severities.get(diagnostic.code) ?? diagnostic.severity;
    return severity === 'off' ? [] : { ...diagnostic, severity };
  });
}
