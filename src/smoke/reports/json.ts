import type { CaseResult, Failure } from '../run/test-result.ts';
import { countOutcomes } from '../run/test-result.ts';
import type { TestReporter } from './test-report.ts';

/** For programs: all results with the decisions behind failures. */
export const renderJson: TestReporter = ({ version, template, files, coverage, minimumCoverage }) => {
  const report = {
    version,
    template,
    summary: countOutcomes(files),
    files: files.map(({ file, cases, milliseconds }) => ({
      file: file.source.name,
      milliseconds: Math.round(milliseconds),
      tests: cases.map(describeCase),
    })),
    coverage: coverage === null ? null : { ...coverage, minimum: minimumCoverage },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
};

function describeCase({ test, span, outcome, skipped, failures, milliseconds }: CaseResult) {
  return {
    name: test.name,
    tags: test.tags,
    ...positionOf(span),
    outcome,
    skipped,
    milliseconds: Math.round(milliseconds),
    failures: failures.map(describeFailure),
  };
}

function describeFailure({ span, ...failure }: Failure) {
  return { ...failure, ...positionOf(span) };
}

function positionOf(span: Failure['span']) {
  return span === undefined ? { line: null, column: null } : span.source.positionAt(span.offset);
}
