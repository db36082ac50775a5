import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SourceText } from '../../src/base/span.ts';
import { renderMarkdown } from '../../src/smoke/reports/markdown.ts';
import { testReporters } from '../../src/smoke/reports/reporters.ts';
import type { TestReport } from '../../src/smoke/reports/test-report.ts';
import type { CaseResult, Failure } from '../../src/smoke/run/test-result.ts';
import { testFileOf } from './run-fixture.ts';

const text = `tests:
  - { name: "passes | <b>", request: { url: "http://a/" } }
  - { name: fails # here, request: { url: "http://a/" }, expect: { pool: images } }
  - { name: is skipped, skip: not yet, request: { url: "http://a/" } }
`.replace('fails # here', '"fails # here"');
const file = testFileOf(text, 'shop.test.yaml');
const source = new SourceText('shop.test.yaml', text);

const failure: Failure = {
  subject: 'pool',
  expected: "'images'",
  actual: "'web'",
  reasons: [{ stage: 'path', why: 'Path rule \'images\' not chosen:\n100% \u001b[31m"<&>".' }],
  span: { source, offset: text.indexOf('pool'), length: 4 },
  request: 'GET http://a/',
  decision: null,
  times: 1,
};

function result(index: number, rest: Partial<CaseResult>): CaseResult {
  const test = file.tests[index];
  if (test === undefined) throw new Error(`There is no test ${index}.`);
  const span = file.locate([...test.path, 'name']);
  return { test, span, outcome: 'passed', skipped: null, failures: [], milliseconds: 12.4, ...rest };
}

const report: TestReport = {
  version: '1.2.3',
  template: 'azuredeploy.json',
  files: [
    {
      file,
      milliseconds: 1234.5,
      cases: [
        result(0, {}),
        result(1, { outcome: 'failed', failures: [failure, { ...failure, subject: 'member', times: 3, reasons: [] }] }),
        result(2, { outcome: 'skipped', skipped: 'not yet', milliseconds: 0 }),
      ],
    },
  ],
  coverage: {
    items: [
      { kind: 'listener', name: 'site', hits: 2 },
      { kind: 'path rule', name: 'map/images', hits: 0 },
    ],
    reached: 1,
    total: 2,
    percent: 50,
  },
  minimumCoverage: 80,
};

const place = 'shop.test.yaml:3:70';

test('pretty, for people', () => {
  expect(testReporters.pretty(report)).toBe(`shop.test.yaml
  ✓ passes | <b> (12 ms)
  ✗ fails # here (12 ms)
      GET http://a/
        pool: expected 'images', got 'web'  (${place})
        member: expected 'images', got 'web' (3 times)  (${place})
          path      Path rule 'images' not chosen:
100% \uFFFD[31m"<&>".
  - is skipped (not yet)

Coverage 50 % (1 of 2)
  no test reaches  path rule  map/images

1 passed, 1 failed, 1 skipped in 1235 ms

Less than 80 % is covered.
`);
});

test('JUnit, for build servers', () => {
  expect(testReporters.junit(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="agate test" tests="3" failures="1" errors="0" skipped="1" time="1.234">
  <testsuite name="shop.test.yaml" tests="3" failures="1" errors="0" skipped="1" time="1.234">
    <testcase name="passes | &lt;b&gt;" classname="shop.test.yaml" file="shop.test.yaml" line="2" time="0.012"/>
    <testcase name="fails # here" classname="shop.test.yaml" file="shop.test.yaml" line="3" time="0.012">
      <failure type="expectation" message="pool: expected 'images', got 'web'">GET http://a/&#10;  pool: expected 'images', got 'web'  (${place})&#10;  member: expected 'images', got 'web' (3 times)  (${place})&#10;  path: Path rule 'images' not chosen:&#10;100% \uFFFD[31m&quot;&lt;&amp;&gt;&quot;.</failure>
    </testcase>
    <testcase name="is skipped" classname="shop.test.yaml" file="shop.test.yaml" line="4" time="0.000">
      <skipped message="not yet"/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

// https://testanything.org/tap-version-14-specification.html
test('TAP: the plan, a line a test, and YAML below those that failed', () => {
  const lines = testReporters.tap(report).split('\n');
  expect(lines.filter((line) => !line.startsWith('  '))).toEqual([
    'TAP version 14',
    '1..3',
    'ok 1 - passes | <b>',
    'not ok 2 - fails \\# here',
    'ok 3 - is skipped # SKIP not yet',
    '# Coverage 50 % (1 of 2)',
    '',
  ]);
  const block = lines.slice(lines.indexOf('  ---') + 1, lines.indexOf('  ...')).join('\n');
  expect(parse(block)).toMatchObject({
    failures: [
      {
        request: 'GET http://a/',
        expectations: [`pool: expected 'images', got 'web'  (${place})`, expect.any(String)],
      },
    ],
  });
});

test('GitHub: an annotation a request where the expectation stands, and the count', () => {
  expect(testReporters.github(report).split('\n')).toEqual([
    '::error title=Coverage::Coverage 50 % (1 of 2); 80 % is needed.'.replaceAll('%', '%25'),
    expect.stringMatching(
      /^::error file=shop\.test\.yaml,line=3,col=70,title=fails # here::GET http:\/\/a\/%0A {2}pool: expected 'images', got 'web'/,
    ),
    '1 passed, 1 failed, 1 skipped',
    '',
  ]);
});

test('GitHub shows ten annotations, and the count tells of the rest', () => {
  const failed = result(1, { outcome: 'failed', failures: [failure] });
  const many = {
    ...report,
    coverage: null,
    files: [{ file, milliseconds: 1, cases: Array.from({ length: 12 }, () => failed) }],
  };
  const lines = testReporters.github(many).trim().split('\n');
  expect([lines.length, lines.at(-1)]).toEqual([11, '12 failed; 2 annotations not shown (GitHub takes 10)']);
});

test('JSON, for programs', () => {
  const json = JSON.parse(testReporters.json(report));
  expect(json).toMatchObject({
    version: '1.2.3',
    template: 'azuredeploy.json',
    summary: { passed: 1, failed: 1, skipped: 1 },
    files: [
      {
        file: 'shop.test.yaml',
        tests: [
          { name: 'passes | <b>', line: 2, outcome: 'passed', failures: [] },
          { outcome: 'failed', failures: [{ subject: 'pool', line: 3, column: 70, request: 'GET http://a/' }, {}] },
          { outcome: 'skipped', skipped: 'not yet' },
        ],
      },
    ],
    coverage: { percent: 50, minimum: 80 },
  });
});

test('Markdown: names of users become neither markup nor columns', () => {
  const page = renderMarkdown(report);
  expect(page).toContain('### azuredeploy.json: 1 passed, 1 failed, 1 skipped');
  expect(page).toContain('| ✅ | passes &#124; &#60;b&#62; | 12 ms |');
  expect(page).toContain('| ➖ | is skipped (not yet) | 0 ms |');
  expect(page).toContain("      pool: expected 'images', got 'web'");
  expect(page).toContain('**Coverage 50 % (1 of 2), less than 80 %**');
  expect(page).toContain('- no test reaches path rule map/images');
});

describe.each(Object.entries(testReporters))('%s', (_format, render) => {
  test('ends with one line break and holds no control characters', () => {
    const rendered = render(report);
    expect(rendered).toMatch(/[^\n]\n$/);
    expect(rendered).not.toMatch(/[^\P{Cc}\n\t]/u);
  });

  test('takes a report without tests', () => {
    expect(render({ ...report, files: [], coverage: null })).not.toBe('');
  });
});
