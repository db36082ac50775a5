import { printable } from '../../base/printable.ts';
import { type Painter, plainPainter } from '../../reporters/reporter.ts';
import type { CoverageReport } from '../run/coverage.ts';
import type { CaseResult, FileResult, Outcome } from '../run/test-result.ts';
import { type FailureGroup, groupFailures, placeSuffix } from './group-failures.ts';
import { isCoverageShort, summarizeCoverage, summarizeTests, type TestReporter } from './test-report.ts';

const marks: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', skipped: '-' };

/** For people: each test, and below those that failed what was expected, what happened and which stage decided so. */
export const renderPretty: TestReporter = (report, painter = plainPainter) => {
  const files = report.files.map((file) => renderFile(file, painter));
  const milliseconds = report.files.reduce((sum, file) => sum + file.milliseconds, 0);
  const hasFailed = report.files.some(({ cases }) => cases.some(({ outcome }) => outcome === 'failed'));
  const summary = `${summarizeTests(report.files)} in ${Math.round(milliseconds)} ms`;
  const coverage = report.coverage === null ? [] : [renderCoverage(report.coverage, painter)];
  const short = isCoverageShort(report) ? [painter.error(`Less than ${report.minimumCoverage} % is covered.`)] : [];
  return `${[...files, ...coverage, hasFailed ? painter.error(summary) : painter.strong(summary), ...short].join('\n\n')}\n`;
};

function renderFile({ file, cases }: FileResult, painter: Painter): string {
  return [painter.strong(file.source.name), ...cases.map((result) => renderCase(result, painter))].join('\n');
}

function renderCase(result: CaseResult, painter: Painter): string {
  const { test, outcome, skipped, milliseconds, failures } = result;
  const name = printable(test.name);
  if (outcome === 'skipped') return painter.faint(`  ${marks.skipped} ${name} (${skipped})`);
  const paint = outcome === 'failed' ? painter.error : painter.info;
  const head = `  ${paint(marks[outcome])} ${name} ${painter.faint(`(${Math.round(milliseconds)} ms)`)}`;
  return [head, ...groupFailures(failures).flatMap((group) => renderGroup(group, painter))].join('\n');
}

function renderGroup({ request, failures, reasons }: FailureGroup, painter: Painter): string[] {
  return [
    ...(request === null ? [] : [`      ${printable(request)}`]),
    ...failures.map(
      ({ text, span }) => `        ${painter.strong(printable(text))}${painter.faint(placeSuffix(span))}`,
    ),
    ...reasons.map(({ stage, why }) => `          ${painter.faint(stage.padEnd(8))}  ${printable(why)}`),
  ];
}

function renderCoverage(coverage: CoverageReport, painter: Painter): string {
  const missed = coverage.items.filter(({ hits }) => hits === 0);
  const width = Math.max(0, ...missed.map(({ kind }) => kind.length));
  return [
    painter.strong(summarizeCoverage(coverage)),
    ...missed.map(({ kind, name }) => `  no test reaches  ${kind.padEnd(width)}  ${printable(name)}`),
  ].join('\n');
}
