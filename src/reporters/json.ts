import { byPlace } from './order.ts';
import type { Reporter } from './reporter.ts';
import { countBySeverity } from './summary.ts';

/** For programs: all findings as they are, the files that were looked at, and how many of each severity. */
export const renderJson: Reporter = (diagnostics, options) => {
  const report = {
    version: options.version,
    files: [...options.sources.keys()],
    summary: countBySeverity(diagnostics),
    // How a finding is mended is not part of the report: its offsets are ours.
    diagnostics: byPlace(diagnostics).map(({ fix: _, ...finding }) => finding),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
};
