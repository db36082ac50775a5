import { annotationLimit, workflowCommand } from '../../reporters/workflow-command.ts';
import type { CaseResult } from '../run/test-result.ts';
import { type FailureGroup, groupFailures, groupText } from './group-failures.ts';
import { isCoverageShort, summarizeCoverage, summarizeTests, type TestReporter } from './test-report.ts';

/** Annotations for GitHub, at the expectations that do not hold, and a summary with the full count. */
export const renderGithub: TestReporter = (report) => {
  const failed = report.files.flatMap(({ cases }) =>
    cases.flatMap((result) => groupFailures(result.failures).map((group) => annotate(result, group))),
  );
  const short =
    report.coverage !== null && isCoverageShort(report)
      ? [
          workflowCommand(
            'error',
            [['title', 'Coverage']],
            `${summarizeCoverage(report.coverage)}; ${report.minimumCoverage} % is needed.`,
          ),
        ]
      : [];
  const annotations = [...short, ...failed];
  const rest = annotations.length - annotationLimit;
  const more = rest > 0 ? `; ${rest} annotations not shown (GitHub takes ${annotationLimit})` : '';
  const summary = `${summarizeTests(report.files)}${more}`;
  return `${[...annotations.slice(0, annotationLimit), summary].join('\n')}\n`;
};

/** At the first expectation of a request that does not hold; the text tells of the others. */
function annotate({ test }: CaseResult, group: FailureGroup): string {
  const span = group.failures[0]?.span;
  const title = ['title', test.name] as const;
  if (span === undefined) return workflowCommand('error', [title], groupText(group));
  const { line, column } = span.source.positionAt(span.offset);
  return workflowCommand(
    'error',
    [['file', span.source.name], ['line', line], ['col', column], title],
    groupText(group),
  );
}
