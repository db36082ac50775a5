import { systemClock } from '../../base/clock.ts';
import { EmulatorError } from '../../base/errors.ts';
import type { PathSegment } from '../../base/json-path.ts';
import { describeRequest } from '../../observability/describe-request.ts';
import type { RequestRecord } from '../../observability/request-record.ts';
import type { Expectations, StepAction, TestCase, TestFile, TestStep, Variables } from '../format/test-file.ts';
import { fillVariables } from '../format/variables.ts';
import { applyGiven } from './apply-given.ts';
import { captureValues } from './capture-values.ts';
import { checkDistribution, checkExpectations } from './check-expectations.ts';
import { CookieJar } from './cookie-jar.ts';
import { findReasons } from './find-reasons.ts';
import type { Mismatch } from './mismatch.ts';
import type { Observation } from './observation.ts';
import { perform, type Stage } from './perform.ts';
import type { TestBed } from './test-bed.ts';
import type { CaseResult, Failure } from './test-result.ts';

export interface CaseRun {
  readonly bed: TestBed;
  readonly file: TestFile;
  /** Told of every request that reached the gateway. */
  readonly onRecord: (record: RequestRecord) => void;
}

/** Runs one test: brings the backends into the state it wants, and goes through its steps until one fails. */
export async function runCase(test: TestCase, run: CaseRun): Promise<CaseResult> {
  const startedAt = systemClock.elapsed();
  const failures = await failuresOf(test, run);
  return {
    test,
    span: run.file.locate([...test.path, 'name']),
    outcome: failures.length === 0 ? 'passed' : 'failed',
    skipped: null,
    failures,
    milliseconds: systemClock.elapsed() - startedAt,
  };
}

async function failuresOf(test: TestCase, run: CaseRun): Promise<readonly Failure[]> {
  const variables = { ...run.file.variables, ...test.variables };
  let end: () => Promise<void>;
  try {
    end = await applyGiven(run.bed.emulator, fillVariables(test.given, variables));
  } catch (fault) {
    return [notRun(fault, [...test.path, 'given'], run.file)];
  }
  try {
    return await runSteps(test, variables, run);
  } finally {
    await end();
  }
}

/**
 * A fault that the test is to blame for.
 *
 * @throws what is none
 */
function faultOfTest(fault: unknown): EmulatorError {
  if (fault instanceof EmulatorError) return fault;
  // A pattern that a variable has made unusable; others were found when the file was read.
  if (fault instanceof SyntaxError) return new EmulatorError('InvalidOption', `${fault.message}.`, { cause: fault });
  throw fault;
}

async function runSteps(test: TestCase, variables: Variables, run: CaseRun): Promise<readonly Failure[]> {
  const stage: Stage = {
    bed: run.bed,
    filePath: run.file.source.name,
    cookies: test.keepCookies ? new CookieJar() : null,
  };
  let known = variables;
  for (const step of test.steps) {
    try {
      const { failures, values } = await advance(step, known, stage, run);
      if (failures.length > 0) return failures;
      known = { ...known, ...values };
    } catch (fault) {
      return [notRun(fault, [...step.path, step.action.kind], run.file)];
    }
  }
  return [];
}

/** Goes through one step, and tells what it captured. */
async function advance(
  step: TestStep,
  known: Variables,
  stage: Stage,
  run: CaseRun,
): Promise<{ readonly failures: readonly Failure[]; readonly values: Variables }> {
  const action = fillVariables(step.action, known);
  const expect = fillVariables(step.expect, known);
  const { failures, last } = await runStep(step, action, expect, stage, run);
  if (failures.length > 0) return { failures, values: {} };
  const { values, mismatches } = captureValues(step, last);
  return { failures: mismatches.map((mismatch) => failureOf(mismatch, last, step, action, run)), values };
}

async function runStep(
  step: TestStep,
  action: StepAction,
  expect: Expectations,
  stage: Stage,
  run: CaseRun,
): Promise<{ readonly failures: readonly Failure[]; readonly last: Observation }> {
  const failures: Failure[] = [];
  const observe = async (): Promise<Observation> => {
    const observation = await perform(action, stage);
    if (observation.record !== null) run.onRecord(observation.record);
    for (const mismatch of checkExpectations(action, expect, observation)) {
      addFailure(failures, failureOf(mismatch, observation, step, action, run));
    }
    return observation;
  };
  let last = await observe();
  const all = [last];
  const times = action.kind === 'request' ? (action.request.repeat ?? 1) : 1;
  while (all.length < times) {
    last = await observe();
    all.push(last);
  }
  for (const mismatch of checkDistribution(expect.distribution, all)) {
    failures.push(failureOf(mismatch, last, step, action, run));
  }
  return { failures, last };
}

/** Repeated requests mostly fail in the same way; once is enough to be told. */
function addFailure(failures: Failure[], failure: Failure): void {
  const index = failures.findIndex(
    ({ subject, expected, actual }) =>
      subject === failure.subject && expected === failure.expected && actual === failure.actual,
  );
  const same = failures[index];
  if (same === undefined) failures.push(failure);
  else failures[index] = { ...same, times: same.times + 1 };
}

function failureOf(
  { path, expected, actual, ...mismatch }: Mismatch,
  { record }: Observation,
  step: TestStep,
  action: StepAction,
  { bed, file }: CaseRun,
): Failure {
  const subject = (path[0] === 'expect' ? path.slice(1) : path).join('.');
  return {
    subject: subject === '' ? 'answer' : subject,
    expected,
    actual,
    reasons: findReasons({ path, expected, actual, ...mismatch }, record, bed.emulator.table),
    span: file.locate([...step.path, ...(path.length === 0 ? [action.kind] : path)]),
    request: describeAction(action),
    decision: record === null ? null : describeRequest(record),
    times: 1,
  };
}

function describeAction(action: StepAction): string {
  if (action.kind === 'websocket') return `WebSocket ${action.websocket.url}`;
  return `${action.request.method ?? 'GET'} ${action.request.url}`;
}

/** @throws a fault that the test is not to blame for */
function notRun(fault: unknown, path: readonly PathSegment[], file: TestFile): Failure {
  const { message, hint } = faultOfTest(fault);
  return {
    subject: 'test',
    expected: null,
    actual: message,
    reasons: hint === undefined ? [] : [{ stage: 'hint', why: hint }],
    span: file.locate(path),
    request: null,
    decision: null,
    times: 1,
  };
}
