import { stringify } from 'yaml';
import { printable } from '../../base/printable.ts';
import type { CaseResult } from '../run/test-result.ts';
import { groupFailures, placeSuffix } from './group-failures.ts';
import { summarizeCoverage, type TestReporter } from './test-report.ts';

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
  const details = groupFailures(failures).map((group) => ({
    request: group.request,
    expectations: group.failures.map(({ text, span }) => `${text}${placeSuffix(span)}`),
    reasons: group.reasons.map(({ stage, why }) => `${stage}: ${why}`),
  }));
  const block = printable(stringify({ failures: details }, { lineWidth: 0 })).trimEnd();
  return [`not ok ${number} - ${name}`, '  ---', ...block.split('\n').map((line) => `  ${line}`), '  ...'];
}

function escapeName(name: string): string {
  return printable(name).replaceAll(/\s+/g, ' ').replaceAll(/[\\#]/g, '\\$&');
}
