import { printable } from '../../base/printable.ts';
import type { CaseResult, Outcome } from '../run/test-result.ts';
import { failuresText } from './group-failures.ts';
import { isCoverageShort, summarizeCoverage, summarizeTests, type TestReporter } from './test-report.ts';

const marks: Readonly<Record<Outcome, string>> = { passed: '✅', failed: '❌', skipped: '➖' };

/** A page for the summary of a job: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary */
export const renderMarkdown: TestReporter = (report) => {
  const { template, files, coverage, minimumCoverage } = report;
  const short = isCoverageShort(report) ? `, less than ${minimumCoverage} %` : '';
  return [
    `### ${escapeText(template)}: ${summarizeTests(files)}`,
    '',
    '| | Test | Time |',
    '|---|---|---:|',
    ...files.flatMap(({ cases }) => cases.map(renderRow)),
    '',
    ...files.flatMap(({ cases }) => cases.flatMap(renderFailures)),
    ...(coverage === null ? [] : [`**${summarizeCoverage(coverage)}${short}**`, '']),
    ...(coverage?.items ?? [])
      .filter(({ hits }) => hits === 0)
      .map(({ kind, name }) => `- no test reaches ${kind} ${escapeText(name)}`),
    '',
  ].join('\n');
};

function renderRow({ test, outcome, skipped, milliseconds }: CaseResult): string {
  const note = outcome === 'skipped' ? ` (${escapeText(skipped ?? '')})` : '';
  return `| ${marks[outcome]} | ${escapeText(test.name)}${note} | ${Math.round(milliseconds)} ms |`;
}

function renderFailures({ test, failures }: CaseResult): string[] {
  if (failures.length === 0) return [];
  // Four spaces make a block of code whatever characters are in it.
  const lines = failuresText(failures).split('\n');
  return [`**${escapeText(test.name)}**`, '', ...lines.map((line) => `    ${printable(line)}`), ''];
}

/** Names come from users; they must not become links, HTML or columns. */
function escapeText(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_[\]<>|#&~]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/\s+/g, ' ');
}
