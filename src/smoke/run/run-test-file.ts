import { systemClock } from '../../base/clock.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import type { RequestRecord } from '../../observability/request-record.ts';
import type { TestCase, TestFile } from '../format/test-file.ts';
import { type CaseRun, runCase } from './run-case.ts';
import { isSelected, type Selection } from './select-tests.ts';
import { TestBed } from './test-bed.ts';
import type { CaseResult, FileResult } from './test-result.ts';

export interface RunChoices {
  readonly selection: Selection;
  /** Stop at the first test that fails. */
  readonly bail: boolean;
  /** Told of every request that reached the gateway. */
  readonly onRecord: (record: RequestRecord) => void;
}

/** How many tests run at a time that do not mind each other. */
const atATime = 16;

/**
 * Starts the gateway on free ports, runs the tests of a file and stops it. Tests that change nothing run side by side,
 * then those that want to be alone, in the order of the file.
 *
 * @throws EmulatorError when the gateway cannot be started
 */
export async function runTestFile(
  file: TestFile,
  gateway: EmulatorOptions,
  { selection, bail, onRecord }: RunChoices,
): Promise<FileResult> {
  const startedAt = systemClock.elapsed();
  const chosen = chooseCases(file, selection);
  const results = new Map<TestCase, CaseResult>(chosen.skipped.map((result) => [result.test, result]));
  if (chosen.wanted.length > 0) {
    const bed = await TestBed.start(gateway);
    try {
      for (const result of await runAll(chosen.wanted, { bed, file, onRecord }, bail)) results.set(result.test, result);
    } finally {
      await bed.dispose();
    }
  }
  const cases = file.tests.flatMap((test) => results.get(test) ?? []);
  return { file, cases, milliseconds: systemClock.elapsed() - startedAt };
}

async function runAll(tests: readonly TestCase[], run: CaseRun, bail: boolean): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  const isOver = () => bail && results.some(({ outcome }) => outcome === 'failed');
  const work = async (queue: Iterator<TestCase>) => {
    while (!isOver()) {
      const next = queue.next();
      if (next.done) return;
      results.push(await runCase(next.value, run));
    }
  };
  const sideBySide = tests.filter(({ alone }) => !alone).values();
  await Promise.all(Array.from({ length: atATime }, () => work(sideBySide)));
  await work(tests.filter(({ alone }) => alone).values());
  if (!isOver()) return results;
  const done = new Set(results.map(({ test }) => test));
  return [...results, ...tests.filter((test) => !done.has(test)).map((test) => skip(test, run.file, 'bailed out'))];
}

function chooseCases(
  file: TestFile,
  selection: Selection,
): { readonly wanted: readonly TestCase[]; readonly skipped: readonly CaseResult[] } {
  const selected = file.tests.filter((test) => isSelected(test, selection));
  const hasOnly = selected.some(({ only }) => only);
  const wanted: TestCase[] = [];
  const skipped: CaseResult[] = [];
  for (const test of selected) {
    if (test.skip !== null) skipped.push(skip(test, file, test.skip));
    else if (hasOnly && !test.only) skipped.push(skip(test, file, "another test says 'only'"));
    else wanted.push(test);
  }
  return { wanted, skipped };
}

function skip(test: TestCase, file: TestFile, why: string): CaseResult {
  const span = file.locate([...test.path, 'name']);
  return { test, span, outcome: 'skipped', skipped: why, failures: [], milliseconds: 0 };
}
