import { millisecondsOf } from '../format/duration.ts';
import type { BackendExpectation, CountCondition, Expectations, StepAction } from '../format/test-file.ts';
import { textMatcher } from '../format/text-matcher.ts';
import { checkHeaders, checkJson, shorten } from './check-content.ts';
import { checkDecision, checkText } from './check-decision.ts';
import { type Mismatch, quote } from './mismatch.ts';
import type { ClientResponse, Observation } from './observation.ts';

/** Compares everything that is known about one request with what is expected of it. */
export function checkExpectations(action: StepAction, expect: Expectations, observation: Observation): Mismatch[] {
  const failed = checkFailure(expect, observation);
  // Of a request that did not reach the gateway there is nothing else to say.
  if (failed.length > 0 && observation.record === null) return failed;
  return [
    ...failed,
    ...checkUpgrade(action, expect, observation),
    ...checkDecision(expect, observation),
    ...checkBackend(expect.backend, observation),
    ...(observation.response === null ? [] : checkResponse(expect, observation.response)),
    ...checkMessages(action, observation),
    ...checkTime(expect.time, observation),
  ];
}

function checkFailure({ error }: Expectations, { failure }: Observation): Mismatch[] {
  const concern = 'connection';
  if (error !== undefined) return checkText({ concern, path: ['expect', 'error'], expected: error, actual: failure });
  return failure === null ? [] : [{ concern, path: [], expected: 'an answer', actual: failure, names: [] }];
}

/** A WebSocket is meant to be opened, unless the test says what is answered instead. */
function checkUpgrade({ kind }: StepAction, { status }: Expectations, { response }: Observation): Mismatch[] {
  if (kind === 'request' || status !== undefined || response === null) return [];
  return checkStatus(101, response.status);
}

function checkResponse(expect: Expectations, response: ClientResponse): Mismatch[] {
  const concern = 'answer';
  const { status, headers, body, json } = expect;
  return [
    ...(status === undefined ? [] : checkStatus(status, response.status)),
    ...(headers === undefined ? [] : checkHeaders('rewrite', ['expect', 'headers'], headers, response.rawHeaders)),
    ...(body === undefined
      ? []
      : checkText({ concern, path: ['expect', 'body'], expected: body, actual: response.body }).map(shortened)),
    ...(json === undefined ? [] : checkJson(concern, ['expect', 'json'], json, response.body)),
  ];
}

function shortened(mismatch: Mismatch): Mismatch {
  return { ...mismatch, actual: shorten(mismatch.actual) };
}

function checkStatus(expected: NonNullable<Expectations['status']>, actual: number): Mismatch[] {
  const allowed = [expected].flat();
  const fits = (each: number | string) => String(actual).replace(/\d\d$/, /xx$/.test(String(each)) ? 'xx' : '$&');
  if (allowed.some((each) => String(each) === fits(each))) return [];
  return [
    {
      concern: 'answer',
      path: ['expect', 'status'],
      expected: allowed.join(' or '),
      actual: String(actual),
      names: [],
    },
  ];
}

/** What the server received that gave the answer: the last one, when the gateway tried several. */
function checkBackend(expected: Expectations['backend'], { record, received }: Observation): Mismatch[] {
  if (expected === undefined) return [];
  const concern = 'received';
  const path = ['expect', 'backend'];
  const last = received.at(-1);
  if (expected === null) {
    const attempt = record?.attempts.at(-1);
    if (attempt === undefined) return [];
    const { pool, address } = attempt.server;
    const actual = `a request to ${pool.name}/${address.address}:${address.port}`;
    return [{ concern, path, expected: 'nothing reaches a backend', actual, names: [] }];
  }
  if (last === undefined) {
    const isReal = record?.attempts.some(({ server }) => server.target.kind !== 'mock') ?? false;
    const actual = isReal ? 'a server that is no stand-in, which does not tell what it received' : 'nothing';
    return [{ concern, path, expected: 'a request to a stand-in', actual, names: [] }];
  }
  return checkReceived(expected, last, path);
}

function checkReceived(
  expected: BackendExpectation,
  received: Observation['received'][number],
  path: readonly string[],
): Mismatch[] {
  const concern = 'received';
  const question = received.url.indexOf('?');
  const facts = {
    method: received.method,
    path: question === -1 ? received.url : received.url.slice(0, question),
    query: question === -1 ? null : received.url.slice(question + 1),
    body: received.body,
  } as const;
  const texts = (['method', 'path', 'query', 'body'] as const).flatMap((name) => {
    const each = expected[name];
    const style = name === 'path' ? 'path' : 'text';
    return each === undefined
      ? []
      : checkText({ concern, path: [...path, name], expected: each, actual: facts[name], style }).map(shortened);
  });
  const { host, headers, json } = expected;
  return [
    ...texts,
    ...(host === undefined ? [] : checkHeaders(concern, path, { host }, received.rawHeaders)),
    ...(headers === undefined ? [] : checkHeaders(concern, [...path, 'headers'], headers, received.rawHeaders)),
    ...(json === undefined ? [] : checkJson(concern, [...path, 'json'], json, received.body)),
  ];
}

function checkMessages(action: StepAction, { messages, response }: Observation): Mismatch[] {
  if (action.kind !== 'websocket') return [];
  if (response !== null && response.status !== 101) return [];
  const awaited = action.websocket.steps.flatMap((step) => ('expect' in step ? [step] : []));
  return messages.flatMap(({ actual }, index) => {
    const expected = awaited[index];
    if (expected === undefined) return [];
    const matcher = textMatcher(expected.expect);
    if (matcher.matches(actual)) return [];
    const said = actual === null ? 'no message' : quote(shorten(actual));
    return [
      {
        concern: 'answer',
        path: expected.path,
        expected: `the message ${matcher.description}`,
        actual: said,
        names: [],
      },
    ];
  });
}

function checkTime(expected: Expectations['time'], { milliseconds }: Observation): Mismatch[] {
  const actual = `${Math.round(milliseconds)}ms`;
  const bounds = [
    ['atLeast', (limit: number) => milliseconds >= limit],
    ['atMost', (limit: number) => milliseconds <= limit],
  ] as const;
  return bounds.flatMap(([name, holds]) => {
    const limit = expected?.[name];
    if (limit === undefined || holds(millisecondsOf(limit))) return [];
    const words = name === 'atLeast' ? 'no less than' : 'no more than';
    return [
      { concern: 'answer', path: ['expect', 'time', name], expected: `${words} ${limit}`, actual, names: [] } as const,
    ];
  });
}

/** Compares how often each member was asked by all repeated requests together. */
export function checkDistribution(
  expected: Expectations['distribution'],
  observations: readonly Observation[],
): Mismatch[] {
  const servers = observations.flatMap(({ record }) => record?.attempts.at(-1)?.server ?? []);
  return Object.entries(expected ?? {}).flatMap(([member, count]) => {
    const actual = servers.filter(({ pool, address }) =>
      [address.address, `${pool.name}/${address.address}`, pool.name].includes(member),
    ).length;
    const { atLeast, atMost } = limitsOf(count);
    if (actual >= atLeast && actual <= atMost) return [];
    const path = ['expect', 'distribution', member];
    const described = describeCount(count);
    return [{ concern: 'member', path, expected: described, actual: String(actual), names: [member] } as const];
  });
}

function limitsOf(count: number | CountCondition): Required<CountCondition> {
  if (typeof count === 'number') return { atLeast: count, atMost: count };
  return { atLeast: count.atLeast ?? 0, atMost: count.atMost ?? Number.POSITIVE_INFINITY };
}

function describeCount(count: number | CountCondition): string {
  if (typeof count === 'number') return String(count);
  const { atLeast, atMost } = count;
  return [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ].join(' and ');
}
