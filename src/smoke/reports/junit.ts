import { escapeXml } from '../../reporters/escape-xml.ts';
import type { CaseResult, FileResult } from '../run/test-result.ts';
import { countOutcomes } from '../run/test-result.ts';
import { failuresText } from './group-failures.ts';
import { describeFailure, seconds, type TestReporter } from './test-report.ts';

/** JUnit's XML, as build servers read it: a suite for each test file. */
export const renderJunit: TestReporter = ({ files }) => {
  const { passed, failed, skipped } = countOutcomes(files);
  const time = seconds(files.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const counts = `tests="${passed + failed + skipped}" failures="${failed}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="agate test" ${counts} time="${time}">`,
    ...files.flatMap(renderSuite),
    '</testsuites>',
    '',
  ].join('\n');
};

function renderSuite(result: FileResult): string[] {
  const name = escapeXml(result.file.source.name);
  const { failed, skipped } = countOutcomes([result]);
  const counts = `tests="${result.cases.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
  return [
    `  <testsuite name="${name}" ${counts} time="${seconds(result.milliseconds)}">`,
    ...result.cases.flatMap((each) => renderCase(each, name)),
    '  </testsuite>',
  ];
}

function renderCase({ test, span, outcome, skipped, failures, milliseconds }: CaseResult, suite: string): string[] {
  const line = span === undefined ? '' : ` line="${span.source.positionAt(span.offset).line}"`;
  const attributes = `name="${escapeXml(test.name)}" classname="${suite}" file="${suite}"${line} time="${seconds(milliseconds)}"`;
  const [first] = failures;
  if (outcome === 'skipped') {
    return [
      `    <testcase ${attributes}>`,
      `      <skipped message="${escapeXml(skipped ?? '')}"/>`,
      '    </testcase>',
    ];
  }
  if (first === undefined) return [`    <testcase ${attributes}/>`];
  const text = escapeXml(failuresText(failures));
  return [
    `    <testcase ${attributes}>`,
    // Schemas of build servers allow one failure for each case.
    `      <failure type="expectation" message="${escapeXml(describeFailure(first))}">${text}</failure>`,
    '    </testcase>',
  ];
}
