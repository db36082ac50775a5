import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runTestFile } from '../../src/smoke/run/run-test-file.ts';
import { type GatewaySpec, makeGateway } from '../routing/gateway-fixture.ts';
import { complaintsOf, namesOf, runTests, testFileOf } from './run-fixture.ts';

const web = makeGateway({ rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4', '10.0.0.5'] } });

/** What failed tests of one case have to say. */
async function complaints(body: string): Promise<readonly string[]> {
  return complaintsOf(await runTests(web, `tests:\n  - name: a\n    ${body.replaceAll('\n', '\n    ')}`));
}

const get = 'request: { url: "http://a/" }';

test.each([
  [
    'an address that the client stands for',
    'request: { url: "http://a/", clientIp: 203.0.113.7 }\nexpect: { backend: { headers: { x-forwarded-for: /^203\\.0\\.113\\.7:\\d+$/ } } }',
  ],
  ['HTTP 1.0', 'request: { url: "http://a/", httpVersion: 1.0 }\nexpect: { status: 200 }'],
  [
    'a path as it is written',
    'request: { url: "http://a/x/../%2e/y?b=1" }\nexpect: { backend: { path: /x/../%2e/y, query: b=1 } }',
  ],
  [
    'a path with letters that a request line cannot hold',
    'request: { url: "http://a/grüße an alle?b=日" }\nexpect: { backend: { path: "/gr%C3%BC%C3%9Fe%20an%20alle", query: b=%E6%97%A5 } }',
  ],
  ['CONNECT', 'request: { url: "http://a/", method: CONNECT }\nexpect: { status: 400, backend: null }'],
  [
    'a Host other than the URL says',
    'request: { url: "http://a/", headers: { Host: b.contoso.com } }\nexpect: { backend: { host: b.contoso.com } }',
  ],
  [
    'several header lines of one name',
    'request: { url: "http://a/", headers: { x-a: [b, c] } }\nexpect: { backend: { headers: { x-a: c } } }',
  ],
  [
    'a body',
    'request: { method: PUT, url: "http://a/", body: hello }\nexpect: { backend: { method: PUT, body: hello, headers: { content-length: 5 } } }',
  ],
  [
    'JSON',
    'request: { method: POST, url: "http://a/", json: { a: [1] } }\nexpect: { backend: { json: { "$.a": [1] }, headers: { content-type: application/json } }, json: { "$.method": POST, "$.nothing": null } }',
  ],
  [
    'a refused request',
    'request: { method: TRACE, url: "http://a/" }\nexpect: { status: 4xx, errorInfo: ERRORINFO_INVALID_METHOD_TRACE, listener: null, backend: null }',
  ],
  ['no listener', 'request: { url: "http://a:81/" }\nexpect: { error: { contains: port 81 } }'],
  [
    'cookies',
    'keepCookies: true\nsteps:\n  - request: { url: "http://a/?agate-header=set-cookie:a=1;path=/" }\n    capture: { a: { cookie: a } }\n  - request: { url: "http://a/" }\n    expect: { backend: { headers: { cookie: "a=$\\{a}" } } }',
  ],
  [
    'a captured group',
    'steps:\n  - request: { url: "http://a/?agate-body=id%3D42;" }\n    capture: { id: { body: "id=(\\\\d+)" } }\n  - request: { url: "http://a/$\\{id}" }\n    expect: { backend: { path: /42 } }',
  ],
  [
    'a WebSocket',
    'websocket: { url: "ws://a/", send: [x, y], expect: [x, y] }\nexpect: { status: 101, pool: web, backend: { method: GET } }',
  ],
  [
    'a header with a name that objects have',
    'websocket: { url: "ws://a/", headers: { constructor: me }, send: [x], expect: [x] }\nexpect: { backend: { headers: { constructor: me } } }',
  ],
])('%s', async (_name, body) => expect(await complaints(body.replaceAll('$\\{', '${'))).toEqual([]));

test.each([
  ['another status', `${get}\nexpect: { status: [404, 5xx] }`, 'status: expected 404 or 5xx, got 200'],
  ['another pool', `${get}\nexpect: { pool: { not: web } }`, "pool: expected anything but 'web', got 'web'"],
  [
    'a header that is there',
    `${get}\nexpect: { headers: { content-type: null } }`,
    "headers.content-type: expected absent, got 'application/json'",
  ],
  [
    'a body of another kind',
    'request: { url: "http://a/?agate-body=x" }\nexpect: { json: { $.a: 1 } }',
    "json: expected JSON, got 'x'",
  ],
  [
    'a rewrite that is not there',
    `${get}\nexpect: { rewrites: [set/rule] }`,
    "rewrites: expected 'set/rule', got no rewrite",
  ],
  [
    'a redirect that is not there',
    `${get}\nexpect: { redirect: { status: 301 } }`,
    'redirect: expected a redirect, got no redirect',
  ],
  [
    'a request that reached a backend',
    `${get}\nexpect: { backend: null }`,
    'backend: expected nothing reaches a backend, got a request to web/10.0.0.',
  ],
  [
    'a listener that is not there',
    'request: { url: "https://a/" }',
    'answer: expected an answer, got No listener waits for https on port 443; this gateway has http 80.',
  ],
  [
    'a frontend that is not there',
    'request: { url: "http://a/", frontend: private }',
    'answer: expected an answer, got No listener waits for http on port 80',
  ],
  [
    'a variable that makes a header unfit to be sent',
    'variables: { x: "a\\nb" }\nrequest: { url: "http://a/", headers: { x-a: "$\\{x}" } }',
    'answer: expected an answer, got It cannot be sent: Invalid character in header content ["x-a"].',
  ],
  [
    'a variable that makes a WebSocket unfit to be opened',
    'variables: { x: a b }\nwebsocket: { url: "ws://a/", protocols: ["$\\{x}"] }',
    'answer: expected an answer, got It cannot be sent: An invalid or duplicated subprotocol was specified.',
  ],
  [
    'a variable that is no address',
    'variables: { ip: nobody }\nrequest: { url: "http://a/", clientIp: "$\\{ip}" }',
    "answer: expected an answer, got 'nobody' is no IP address.",
  ],
  [
    'a variable that makes a pattern unusable',
    'variables: { x: "(" }\nrequest: { url: "http://a/" }\nexpect: { pool: "/$\\{x}/" }',
    'Invalid regular expression: /(/: Unterminated group.',
  ],
  [
    'a variable that makes an answer unfit to be given',
    'variables: { x: "a\\nb" }\ngiven: { answer: { web: { headers: { x-a: "$\\{x}" } } } }\nrequest: { url: "http://a/" }',
    "'given' names the header 'x-a', which cannot be sent as it is.",
  ],
  [
    'HTTP/2 without TLS',
    'request: { url: "http://a/", httpVersion: 2 }',
    'answer: expected an answer, got HTTP/2 needs a URL of https; the gateway has none without TLS.',
  ],
  [
    'an answer that takes too long',
    'given: { slow: { web: 10s } }\nrequest: { url: "http://a/", timeout: 50ms }',
    'answer: expected an answer, got There was no answer within 50 ms.',
  ],
  [
    'an answer that comes too soon',
    `${get}\nexpect: { time: { atLeast: 1m } }`,
    'time.atLeast: expected no less than 1m, got ',
  ],
  [
    'a message that does not come',
    'websocket: { url: "ws://a/", send: [x], expect: [x, y], timeout: 200ms }',
    "websocket.expect.1: expected the message 'y', got no message",
  ],
  [
    'another message',
    'websocket: { url: "ws://a/", send: [x], expect: [y] }',
    "websocket.expect.0: expected the message 'y', got 'x'",
  ],
  [
    'a handshake that is refused',
    'given: { down: [web] }\nwebsocket: { url: "ws://a/" }',
    'status: expected 101, got 502',
  ],
  [
    'nothing to capture',
    `${get}\ncapture: { a: { header: location } }`,
    "capture.a: expected a value from header 'location', got nothing there",
  ],
  [
    'a member that is not there',
    `given: { down: [web/10.0.0.6] }\n${get}`,
    "'given' names 'web/10.0.0.6', which is no pool and no member of one.",
  ],
  [
    'a file that is not there',
    'request: { url: "http://a/", bodyFile: gone.txt }',
    "'gone.txt' cannot be read: ENOENT",
  ],
  [
    'turns that are not taken',
    'request: { url: "http://a/", repeat: 4 }\nexpect: { distribution: { 10.0.0.4: { atMost: 1 } } }',
    'distribution.10.0.0.4: expected at most 1, got 2',
  ],
])('%s is told', async (_name, body, complaint) => {
  expect(await complaints(body.replaceAll('$\\{', '${'))).toContainEqual(expect.stringContaining(complaint));
});

describe('HTTP/2', () => {
  const secure: GatewaySpec = {
    listeners: [{ name: 'site', protocol: 'Https', port: 443 }],
    rules: [{ listener: 'site', pool: 'web' }],
  };
  const ask = (more: string) =>
    `tests:\n  - name: a\n    request: { url: "https://a.contoso.com/x?y=1", httpVersion: 2${more} }\n`;

  test('is spoken where the gateway enables it', async () => {
    const expected =
      '    expect: { status: 200, pool: web, backend: { method: PUT, path: /x, host: a.contoso.com, body: hello, headers: { x-a: b, constructor: me } }, headers: { x-agate-backend: /^web/ } }';
    const tests = `${ask(', method: PUT, body: hello, headers: { X-A: b, Constructor: me }')}${expected}`;
    expect(complaintsOf(await runTests(makeGateway({ ...secure, enableHttp2: true }), tests))).toEqual([]);
  });

  test('is missed where the gateway does not', async () => {
    expect(complaintsOf(await runTests(makeGateway(secure), ask('')))).toEqual([
      "answer: expected an answer, got The listener agreed on http/1.1; HTTP/2 needs 'enableHttp2' of the gateway.",
    ]);
  });

  test('has no headers that concern a connection', async () => {
    const gateway = makeGateway({ ...secure, enableHttp2: true });
    expect(complaintsOf(await runTests(gateway, ask(', headers: { connection: close }')))).toEqual([
      'answer: expected an answer, got It cannot be sent: HTTP/1 Connection specific headers are forbidden: "connection".',
    ]);
  });
});

test('a name that TLS of v1 refuses is told with those that it knows', async () => {
  const gateway = makeGateway({
    generation: 'v1',
    listeners: [{ name: 'site', protocol: 'Https', port: 443, hosts: ['b.contoso.com'] }],
    rules: [{ listener: 'site', pool: 'web' }],
  });
  const [complaint] = complaintsOf(await runTests(gateway, 'tests: [{ name: a, request: { url: "https://a/" } }]'));
  expect(complaint).toMatch(
    /The connection failed: .*\. No listener on port 443 answers to 'a'; 'site' answers to 'b\.contoso\.com'\.$/,
  );
});

test('a body comes from a file beside the test file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'agate-smoke-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'order.txt'), 'a cat');
  const request = 'request: { method: POST, url: "http://a/", bodyFile: order.txt }';
  const file = testFileOf(
    `tests:\n  - { name: a, ${request}, expect: { backend: { body: a cat } } }`,
    join(folder, 'a.test.yaml'),
  );
  const result = await runTestFile(file, { gateway: web }, { selection: {}, bail: false, onRecord: () => undefined });
  expect(complaintsOf(result)).toEqual([]);
});

test.each([
  ['pool', 'wbe', "This gateway has no backend pool 'wbe'; is 'web' meant?"],
  ['listener', 'other', "This gateway has no listener 'other'; there are: "],
  ['rule', 'other', "This gateway has no request routing rule 'other'; there are: "],
  ['settings', 'other', "This gateway has no backend settings 'other'; there are: "],
  ['pathRule', 'other', "This gateway has no path rule 'other'; there are: none."],
])('%s %s is told to be no part of the gateway', async (name, value, why) => {
  expect(await complaints(`${get}\nexpect: { ${name}: ${value} }`)).toContainEqual(expect.stringContaining(why));
});

test('repeated requests that fail alike are told once, with their number', async () => {
  const request = 'request: { url: "http://a/", repeat: 3 }';
  const { cases } = await runTests(web, `tests:\n  - { name: a, ${request}, expect: { status: 404 } }`);
  expect(cases[0]?.failures).toMatchObject([{ subject: 'status', times: 3 }]);
});

test.each([
  ['given', 'given: { down: [nobody] }\n    request: { url: "http://a/" }', 3],
  ['request', 'request: { url: "http://a/" }\n    given: { status: { nobody: 500 } }', 4],
  ['file', 'keepCookies: true\n    request: { url: "http://a/", bodyFile: nothing.txt }', 4],
  ['answer', 'keepCookies: true\n    request: { url: "http://a:81/" }', 4],
  ['step', `steps:\n      - ${get}\n      - request: { url: "http://a/", bodyFile: nothing.txt }`, 5],
])('what is wrong with a %s is told with its line', async (_what, body, line) => {
  const { cases } = await runTests(web, `tests:\n  - name: a\n    ${body}`);
  const [span] = cases.flatMap(({ failures }) => failures.map((failure) => failure.span));
  expect(span?.source.positionAt(span.offset).line).toBe(line);
});

test('a URL is asked for as browsers and curl do', async () => {
  const sent = '{ host: a.test, authorization: "Basic am9lOnNAY3JldA==" }';
  const url = 'url: "http://joe:s%40cret@a.test:80/"';
  const asked = `request: { ${url} }\nexpect: { backend: { headers: ${sent} } }`;
  const connected = 'websocket: { url: "ws://joe:s%40cret@a.test:80/", send: [hello], expect: [hello] }';
  expect([await complaints(asked), await complaints(connected)]).toEqual([[], []]);
});

test('a step that fails is the last one', async () => {
  const step = (status: number) => `{ ${get}, expect: { status: ${status} } }`;
  const { cases } = await runTests(web, `tests:\n  - { name: a, steps: [${step(404)}, ${step(405)}] }`);
  expect(cases[0]?.failures.map(({ expected }) => expected)).toEqual(['404']);
});

test('what is given ends with its test, also when that fails', async () => {
  const given = 'given: { down: [10.0.0.4], status: { 10.0.0.5: 418 } }';
  const result = await runTests(
    web,
    [
      'tests:',
      `  - { name: spoilt, ${given}, ${get}, expect: { status: 200 } }`,
      '  - name: well',
      '    request: { url: "http://a/", repeat: 4 }',
      '    expect: { status: 200, distribution: { 10.0.0.4: 2, 10.0.0.5: 2 } }',
    ].join('\n'),
  );
  expect([namesOf(result, 'failed'), namesOf(result, 'passed')]).toEqual([['spoilt'], ['well']]);
});

const several = [
  'tests:',
  `  - { name: one, tags: [smoke], ${get} }`,
  `  - { name: two, tags: [slow, smoke], ${get} }`,
  `  - { name: three, skip: not yet, ${get}, expect: { status: 404 } }`,
  `  - { name: four, ${get} }`,
].join('\n');

test.each([
  [{}, ['one', 'two', 'four'], ['three']],
  [{ filter: 'o' }, ['one', 'two', 'four'], []],
  [{ filter: '/^t/' }, ['two'], ['three']],
  [{ tags: ['smoke'] }, ['one', 'two'], []],
  [{ tags: ['smoke', '!slow'] }, ['one'], []],
  [{ tags: ['!smoke'] }, ['four'], ['three']],
  [{ filter: 'ONE', tags: ['smoke'] }, ['one'], []],
])('%j runs %j and skips %j', async (selection, passed, skipped) => {
  const result = await runTests(web, several, { selection });
  expect([namesOf(result, 'passed'), namesOf(result, 'skipped')]).toEqual([passed, skipped]);
});

test("a test that says 'only' is run alone, and the others tell why not", async () => {
  const result = await runTests(web, several.replace('name: four,', 'name: four, only: true,'));
  expect(result.cases.map(({ outcome, skipped }) => skipped ?? outcome)).toEqual([
    "another test says 'only'",
    "another test says 'only'",
    'not yet',
    'passed',
  ]);
});

test('bail stops at the first failure', async () => {
  const failing = `${get}, alone: true, expect: { status: 404 }`;
  const tests = `tests:\n  - { name: a, ${failing} }\n  - { name: b, ${failing} }`;
  const result = await runTests(web, tests, { bail: true });
  expect(result.cases.map(({ outcome, skipped }) => skipped ?? outcome)).toEqual(['failed', 'bailed out']);
});

test('two frontends on one port are told apart by the host or by name', async () => {
  const gateway = makeGateway({
    listeners: [
      { name: 'outside', port: 80, hosts: ['a.contoso.com'], frontendIP: 'public' },
      { name: 'inside', port: 80, hosts: ['b.contoso.com'], frontendIP: 'private' },
    ],
    rules: [{ listener: 'outside' }, { listener: 'inside' }],
  });
  const result = await runTests(
    gateway,
    [
      'tests:',
      '  - { name: a, request: { url: "http://a.contoso.com/" }, expect: { listener: outside } }',
      '  - { name: b, request: { url: "http://b.contoso.com/" }, expect: { listener: inside } }',
      '  - { name: c, request: { url: "http://b.contoso.com/", frontend: public }, expect: { status: 404 } }',
    ].join('\n'),
  );
  expect(complaintsOf(result)).toEqual([]);
});
