import type { PathSegment } from '../../base/json-path.ts';
import type { Problem } from '../../base/problem.ts';
import type { Given, GivenAnswer, StepAction, TestCase, TestStep, Variables, WebSocketSpec } from './test-file.ts';
import type { RawCase, RawGiven, RawStep, RawTestFile, RawWebSocket } from './test-file-shape.ts';
import { unknownVariables } from './variables.ts';

/** Fills in what tests leave out, and checks what concerns several parts of them. */
export function normaliseTests(raw: RawTestFile): {
  readonly tests: readonly TestCase[];
  readonly problems: readonly Problem[];
} {
  const tests = raw.tests.map((test, index) => normaliseCase(test, ['tests', index]));
  const problems = tests.flatMap((test, index) => [
    ...caseProblems(raw.tests[index], test, raw.variables ?? {}),
    ...nameProblem(tests, test, index),
  ]);
  return { tests, problems };
}

function normaliseCase(raw: RawCase, path: readonly PathSegment[]): TestCase {
  const steps =
    raw.steps === undefined
      ? normaliseStep(raw, path)
      : raw.steps.flatMap((step, index) => normaliseStep(step, [...path, 'steps', index]));
  const given = normaliseGiven(raw.given ?? {});
  const changesBackends = given.down.length > 0 || Object.keys(given.answers).length > 0;
  const countsTurns = steps.some(({ expect }) => expect.distribution !== undefined);
  return {
    name: raw.name,
    tags: raw.tags ?? [],
    only: raw.only ?? false,
    skip: raw.skip ?? null,
    given,
    variables: raw.variables ?? {},
    keepCookies: raw.keepCookies ?? false,
    // Requests of other tests would take turns in a pool, and feel what this one does to its members.
    alone: raw.alone ?? (changesBackends || countsTurns),
    steps,
    path,
  };
}

function normaliseStep(raw: RawStep, path: readonly PathSegment[]): TestStep[] {
  const action = actionOf(raw);
  return action === undefined ? [] : [{ action, expect: raw.expect ?? {}, capture: raw.capture ?? {}, path }];
}

function actionOf({ request, websocket }: RawStep): StepAction | undefined {
  if (request !== undefined) return { kind: 'request', request };
  if (websocket === undefined) return undefined;
  return { kind: 'websocket', websocket: normaliseWebSocket(websocket) };
}

/** Paths of its messages begin at the step, as those of expectations do. */
function normaliseWebSocket(raw: RawWebSocket): WebSocketSpec {
  const { send = [], expect = [], steps, ...connection } = raw;
  if (steps === undefined) {
    return {
      ...connection,
      steps: [
        ...send.map((message) => ({ send: message })),
        ...expect.map((message, index) => ({ expect: message, path: ['websocket', 'expect', index] })),
      ],
    };
  }
  return {
    ...connection,
    steps: steps.map((step, index) =>
      step.send === undefined
        ? { expect: step.expect ?? null, path: ['websocket', 'steps', index, 'expect'] }
        : { send: step.send },
    ),
  };
}

function normaliseGiven({ down = [], slow = {}, status = {}, answer = {} }: RawGiven): Given {
  const answers: Record<string, GivenAnswer> = {};
  const add = (member: string, part: GivenAnswer) => {
    answers[member] = { ...answers[member], ...part };
  };
  for (const [member, part] of Object.entries(answer)) add(member, part);
  for (const [member, delay] of Object.entries(slow)) add(member, { delay });
  for (const [member, code] of Object.entries(status)) add(member, { status: code });
  return { down, answers };
}

function caseProblems(raw: RawCase | undefined, test: TestCase, fileVariables: Variables): Problem[] {
  if (raw === undefined) return [];
  const known = new Set([...Object.keys(fileVariables), ...Object.keys(test.variables)]);
  const problems: Problem[] = unknownVariables(raw.given, [...test.path, 'given'], known);
  for (const step of test.steps) {
    const rawStep = raw.steps?.[Number(step.path.at(-1))] ?? raw;
    for (const part of ['request', 'websocket', 'expect'] as const) {
      problems.push(...unknownVariables(rawStep[part], [...step.path, part], known));
    }
    problems.push(...stepProblems(step));
    for (const name of Object.keys(step.capture)) known.add(name);
  }
  return problems;
}

function stepProblems({ action, expect, path }: TestStep): Problem[] {
  const problems: Problem[] = [];
  if (action.kind === 'request') {
    const bodies = (['body', 'bodyFile', 'json'] as const).filter((name) => action.request[name] !== undefined);
    const [first, second] = bodies;
    if (first !== undefined && second !== undefined) {
      const message = `'${first}' and '${second}' both give the body; one is needed.`;
      problems.push({ path: [...path, 'request', second], message });
    }
  }
  if (expect.distribution !== undefined && (action.kind !== 'request' || (action.request.repeat ?? 1) === 1)) {
    const message = "'distribution' counts repeated requests, and this one is sent once.";
    problems.push({ path: [...path, 'expect', 'distribution'], message, hint: "Add 'repeat' to the request." });
  }
  return problems;
}

/** Reports of build servers tell tests apart by their names. */
function nameProblem(tests: readonly TestCase[], { name, path }: TestCase, index: number): Problem[] {
  const first = tests.findIndex((test) => test.name === name);
  return first === index ? [] : [{ path: [...path, 'name'], message: `Another test has the name '${name}' already.` }];
}
