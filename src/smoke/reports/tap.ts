import { stringify } from 'yaml';
import { printable } from '../../reporters/printable.ts';
import type { CaseResult } from '../run/test-result.ts';
import { describeDecision, describeFailure, placeOf, summarizeCoverage, type TestReporter } from './test-report.ts';

/** The Test Anything Protocol: https://testanything.org/tap-version-14-specification.html */
export const renderTap: TestReporter = ({ files, coverage }) => {
  const cases = files.flatMap((file) => file.cases);
  return [
    'TAP version 14',
    `1..${cases.length}`,
    ...cases.flatMap((result, index) => renderCase(result, index + 1)),
    ...(coverage === null ? [] : [`# ${summarizeCoverage(coverage)}`]),
    '',
  ].join('\n');
};

function renderCase({ test, outcome, skipped, failures }: CaseResult, number: number): string[] {
  const name = escapeName(test.name);
  if (outcome === 'skipped') return [`ok ${number} - ${name} # SKIP ${escapeName(skipped ?? '')}`];
  if (outcome === 'passed') return [`ok ${number} - ${name}`];
  const details = failures.map((failure) => ({
    message: describeFailure(failure),
    reasons: failure.reasons.map(({ stage, why }) => `${stage}: ${why}`),
    request: describeDecision(failure),
    at: placeOf(failure),
  }));
  const block = printable(stringify({ failures: details }, { lineWidth: 0 })).trimEnd();
  return [`not ok ${number} - ${name}`, '  ---', ...block.split('\n').map((line) => `  ${line}`), '  ...'];
}

function escapeName(name: string): string {
  return printable(name).replaceAll(/\s+/g, ' ').replaceAll(/[\\#]/g, '\\$&');
}
