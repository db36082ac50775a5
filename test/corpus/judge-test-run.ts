/** The report of `agate test --json`, as far as it is looked at here. */
export interface TestRunReport {
  readonly files: readonly { readonly tests: readonly ReportedTest[] }[];
}

interface ReportedTest {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly failures: readonly ReportedFailure[];
}

interface ReportedFailure {
  readonly actual: string;
  readonly reasons: readonly { readonly why: string }[];
}

/** A change to a template that spoils it, the test that has to notice, and what has to be said. */
export interface Breakage {
  readonly what: string;
  readonly replace: string;
  readonly with: string;
  readonly fails: string;
  readonly says: string;
}

/** What is wrong with a run on the template as it is; null when all tests have passed. */
export function judgeWhole(report: TestRunReport): string | null {
  const spoilt = testsOf(report).filter(({ outcome }) => outcome !== 'passed');
  return spoilt.length === 0 ? null : `does not pass: ${spoilt.map(describe).join('; ')}`;
}

/** What is wrong with a run on the template with a breakage; null when exactly the right test failed, for the right reason. */
export function judgeBroken(report: TestRunReport, { what, fails, says }: Breakage): string | null {
  const failed = testsOf(report).filter(({ outcome }) => outcome === 'failed');
  const [first] = failed;
  if (first === undefined) return `with ${what}: no test noticed`;
  if (failed.length > 1 || first.name !== fails)
    return `with ${what}: ${failed.map(describe).join('; ')} failed, not '${fails}'`;
  if (textsOf(first).some((text) => text.includes(says))) return null;
  return `with ${what}: nobody says "${says}", but: ${textsOf(first).join(' ')}`;
}

function testsOf({ files }: TestRunReport): readonly ReportedTest[] {
  return files.flatMap(({ tests }) => tests);
}

function textsOf({ failures }: ReportedTest): readonly string[] {
  return failures.flatMap(({ actual, reasons }) => [actual, ...reasons.map(({ why }) => why)]);
}

function describe(test: ReportedTest): string {
  return [`'${test.name}'`, ...textsOf(test)].join(' ');
}
