import type { Diagnostic } from '../base/diagnostic.ts';
import { severities } from '../base/diagnostic.ts';

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

export function countBySeverity(diagnostics: readonly Diagnostic[]): Counts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}

const plurals = { error: 'errors', warning: 'warnings', info: 'infos' } as const;

/** `2 errors, 1 warning in azuredeploy.json`, `No findings in 3 files`. */
export function summarize(diagnostics: readonly Diagnostic[], files: readonly string[]): string {
  const counts = countBySeverity(diagnostics);
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${counts[severity] === 1 ? severity : plurals[severity]}`);
  const found = parts.length === 0 ? 'No findings' : parts.join(', ');
  const [only] = files;
  if (only === undefined) return found;
  return files.length === 1 ? `${found} in ${only}` : `${found} in ${files.length} files`;
}
