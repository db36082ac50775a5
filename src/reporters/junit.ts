import type { Diagnostic } from '../base/diagnostic.ts';
import { escapeXml } from './escape-xml.ts';
import { byPlace } from './order.ts';
import type { Reporter } from './reporter.ts';

/**
 * JUnit's XML, as build servers read it: a suite for each file, a failed case for each error and warning. Infos are
 * cases that passed, with their text as output, since a build server has no milder kind of failure.
 */
export const renderJunit: Reporter = (diagnostics, options) => {
  const findings = byPlace(diagnostics);
  const files = new Set([...options.sources.keys(), ...findings.map(({ file }) => file ?? '')]);
  const suites = Array.from(files, (file) =>
    renderSuite(
      file,
      findings.filter((finding) => (finding.file ?? '') === file),
    ),
  );
  const failures = findings.filter(isFailure).length;
  const tests = suites.reduce((sum, suite) => sum + suite.tests, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="agate lint" tests="${tests}" failures="${failures}" errors="0">`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
};

function isFailure({ severity }: Diagnostic): boolean {
  return severity !== 'info';
}

function renderSuite(file: string, findings: readonly Diagnostic[]): { readonly tests: number; readonly xml: string } {
  const name = escapeXml(file === '' ? 'agate lint' : file);
  const cases =
    findings.length === 0
      ? [`    <testcase name="no findings" classname="${name}"/>`]
      : findings.map((finding) => renderCase(finding, name));
  const counts = `tests="${cases.length}" failures="${findings.filter(isFailure).length}" errors="0" skipped="0"`;
  return {
    tests: cases.length,
    xml: [`  <testsuite name="${name}" ${counts}>`, ...cases, '  </testsuite>'].join('\n'),
  };
}

function renderCase(finding: Diagnostic, suite: string): string {
  const { code, rule, severity, message, range, file } = finding;
  const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
  const head = `    <testcase name="${escapeXml(`${code} ${rule} ${place.slice(1)}`.trim())}" classname="${suite}">`;
  const text = escapeXml(`${file ?? ''}${place}\n${message}${finding.hint === undefined ? '' : `\n${finding.hint}`}`);
  const body = isFailure(finding)
    ? `      <failure type="${severity}" message="${escapeXml(message)}">${text}</failure>`
    : `      <system-out>${text}</system-out>`;
  return [head, body, '    </testcase>'].join('\n');
}
