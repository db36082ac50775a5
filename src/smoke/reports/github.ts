import { annotationLimit, workflowCommand } from '../../reporters/workflow-command.ts';
import type { CaseResult, Failure } from '../run/test-result.ts';
import { failureText } from './failure-text.ts';
import { isCoverageShort, summarizeCoverage, summarizeTests, type TestReporter } from './test-report.ts';

/** Annotations for GitHub, at the expectations that do not hold, and a summary with the full count. */
export const renderGithub: TestReporter = (report) => {
  const failed = report.files.flatMap(({ cases }) =>
    cases.flatMap((result) => result.failures.map((failure) => annotate(result, failure))),
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

function annotate({ test }: CaseResult, failure: Failure): string {
  const { span } = failure;
  const position = span?.source.positionAt(span.offset);
  const place =
    span === undefined || position === undefined
      ? []
      : ([
          ['file', span.source.name],
          ['line', position.line],
          ['col', position.column],
        ] as const);
  return workflowCommand('error', [...place, ['title', test.name]], failureText(failure));
}
