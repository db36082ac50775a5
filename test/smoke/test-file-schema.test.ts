import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SourceText } from '../../src/base/span.ts';
import { parseTestFile } from '../../src/smoke/format/parse-test-file.ts';

const schema = JSON.parse(
  await readFile(new URL('../../schemas/test-file.schema.json', import.meta.url), 'utf8'),
) as object;
const isValid = new Ajv({ strict: false }).compile(schema);

const one = (text: string) => `tests:\n  - name: a\n    ${text.replaceAll('\n', '\n    ')}\n`;
const get = (more = '') => one(`request: { url: "http://a/"${more} }`);
const expecting = (text: string) => one(`request: { url: "http://a/" }\nexpect: ${text}`);
const socket = (text: string) => one(`websocket: { url: "ws://a/", ${text} }`);

/** What the runner takes and an editor marks, or the other way round, would teach people to ignore one of the two. */
test.each([
  ['one request', get(), true],
  ['a list of no tests', 'tests: []', true],
  ['JSON', '{"tests":[{"name":"a","request":{"url":"http://a/"}}]}', true],
  ['an address of the schema', `$schema: ./x.json\n${get()}`, true],
  ['variables', `variables: { n: 1, s: x, b: true }\n${get()}`, true],
  ['a variable with a blank in its name', `variables: { "a b": 1 }\n${get()}`, false],
  ['a variable that is a list', `variables: { a: [] }\n${get()}`, false],
  ['nothing', '{}', false],
  ['a list', '[]', false],
  ['text', 'tests', false],
  ['something unknown', `test: 1\n${get()}`, false],
  ['tests that are a mapping', 'tests: {}', false],
  ['a test without a name', 'tests: [{ request: { url: "http://a/" } }]', false],
  ['a test without a request', 'tests: [{ name: a }]', false],
  ['a request and a WebSocket', one('request: { url: "http://a/" }\nwebsocket: { url: "ws://a/" }'), false],
  ['a request and steps', one('request: { url: "http://a/" }\nsteps: []'), false],
  ['steps', one('steps:\n  - request: { url: "http://a/" }\n  - websocket: { url: "wss://a/" }'), true],
  ['a step with neither', one('steps:\n  - expect: { status: 200 }'), false],
  ['a URL that begins with a variable', `variables: { h: "http://a" }\n${one(`request: { url: "$\{h}/" }`)}`, true],
  ['a URL without a scheme', one('request: { url: a/b }'), false],
  ['a URL of FTP', one('request: { url: "ftp://a/" }'), false],
  ['a WebSocket with a URL of HTTP', one('websocket: { url: "http://a/" }'), false],
  ['headers', get(', headers: { a: b, n: 1, several: [x, y] }'), true],
  ['a header with a blank in its name', get(', headers: { "a b": c }'), false],
  ['a header of two lines', get(', headers: { a: "b\\nc" }'), false],
  ['a header of several lines', get(', headers: { a: ["b", "c\\nd"] }'), false],
  ['a header that comes from variables', `variables: { n: a }\n${get(`, headers: { "x-$\{n}": "$\{n}" }`)}`, true],
  ['a method of two words', get(', method: "G ET"'), false],
  ['an address that is none', get(', clientIp: nobody'), false],
  ['an address of IPv6', get(', clientIp: "2001:db8::1"'), true],
  ['an address that comes from a variable', `variables: { ip: 203.0.113.7 }\n${get(`, clientIp: "$\{ip}"`)}`, true],
  ['a header that is a mapping', get(', headers: { a: {} }'), false],
  [
    'everything a request can have',
    get(', method: PUT, body: x, clientIp: 203.0.113.7, frontend: f, timeout: 5s'),
    true,
  ],
  ['a timeout without a unit', get(', timeout: 5'), false],
  ['HTTP 1.0 as a number', get(', httpVersion: 1.0'), true],
  ['HTTP 1.1 as text', get(', httpVersion: "1.1"'), true],
  ['HTTP 2', get(', httpVersion: 2'), true],
  ['HTTP 3', get(', httpVersion: 3'), false],
  ['a client certificate', get(', clientCertificate: { certificate: c.pem, key: k.pem, password: p }'), true],
  ['a client certificate without its key', get(', clientCertificate: { certificate: c.pem }'), false],
  ['a client certificate of a PFX', get(', clientCertificate: { pfx: c.pfx, password: p }'), true],
  [
    'a client certificate of both kinds',
    get(', clientCertificate: { certificate: c.pem, key: k.pem, pfx: c.pfx }'),
    false,
  ],
  ['a PFX with a key beside it', get(', clientCertificate: { pfx: c.pfx, key: k.pem }'), false],
  ['an empty client certificate', get(', clientCertificate: {}'), false],
  ['an empty name', 'tests: [{ name: "", request: { url: "http://a/" } }]', false],
  ['true as the reason to skip', one('skip: true\nrequest: { url: "http://a/" }'), false],
  ['false as the reason to skip', one('skip: false\nrequest: { url: "http://a/" }'), false],
  ['no reason to skip', one('skip: " "\nrequest: { url: "http://a/" }'), false],
  ['no steps', one('steps: []'), false],
  ['expectations beside steps', one('steps: [{ request: { url: "http://a/" } }]\nexpect: { status: 200 }'), false],
  ['a capture beside steps', one('steps: [{ request: { url: "http://a/" } }]\ncapture: { a: { body: x } }'), false],
  ['messages beside steps', one('websocket: { url: "ws://a/", expect: [x], steps: [{ send: x }] }'), false],
  ['a body of any JSON', get(', json: [1, { a: null }]'), true],
  ['repeat', get(', repeat: 10'), true],
  ['repeat: 0', get(', repeat: 0'), false],
  ['repeat: 1.5', get(', repeat: 1.5'), false],
  ['given', one('given: { down: [a], slow: { b: 2s }, status: { c: 503 } }\nrequest: { url: "http://a/" }'), true],
  [
    'given an answer',
    one(
      'given: { answer: { a: { status: 200, headers: { h: v }, body: x, delay: 1ms } } }\nrequest: { url: "http://a/" }',
    ),
    true,
  ],
  [
    'given a header with a blank in its name',
    one('given: { answer: { a: { headers: { "x y": z } } } }\nrequest: { url: "http://a/" }'),
    false,
  ],
  ['given a status of 99', one('given: { status: { a: 99 } }\nrequest: { url: "http://a/" }'), false],
  ['given something unknown', one('given: { slwo: {} }\nrequest: { url: "http://a/" }'), false],
  [
    'tags, only, skip',
    one('tags: [x]\nonly: true\nskip: why\nkeepCookies: true\nalone: false\nrequest: { url: "http://a/" }'),
    true,
  ],
  ['only: yes', one('only: yes\nrequest: { url: "http://a/" }'), false],
  ['a status', expecting('{ status: 200 }'), true],
  ['a class of status', expecting('{ status: 2xx }'), true],
  ['several of status', expecting('{ status: [200, 3xx] }'), true],
  ['a status of 99', expecting('{ status: 99 }'), false],
  ['a status that is a word', expecting('{ status: fine }'), false],
  [
    'decisions',
    expecting(
      '{ listener: a, rule: /b/, pathRule: null, pool: { not: c }, member: { contains: x }, settings: { matches: y } }',
    ),
    true,
  ],
  ['a condition with two parts', expecting('{ pool: { matches: a, contains: b } }'), false],
  ['an empty condition', expecting('{ pool: {} }'), false],
  ['an unknown condition', expecting('{ pool: { like: a } }'), false],
  ['a list of pools', expecting('{ pool: [a] }'), false],
  ['not a condition', expecting('{ pool: { not: { contains: a } } }'), true],
  ['not not', expecting('{ pool: { not: { not: a } } }'), false],
  ['a redirect', expecting('{ redirect: "https://a/" }'), true],
  ['no redirect', expecting('{ redirect: null }'), true],
  ['a redirect in parts', expecting('{ redirect: { status: 301, location: /^https/ } }'), true],
  ['a redirect with status 200', expecting('{ redirect: { status: 200 } }'), false],
  ['rewrites', expecting('{ rewrites: [set/rule] }'), true],
  ['rewrites that are text', expecting('{ rewrites: a }'), false],
  [
    'what the backend received',
    expecting(
      '{ backend: { method: GET, path: /, query: null, host: a, headers: { x: null }, body: x, json: { $.a: 1 } } }',
    ),
    true,
  ],
  ['nothing at the backend', expecting('{ backend: null }'), true],
  ['something unknown of the backend', expecting('{ backend: { url: / } }'), false],
  ['headers and body', expecting('{ headers: { a: /x/, b: null }, body: { contains: x } }'), true],
  ['JSON', expecting('{ json: { "$.a[0]": { any: [thing] } } }'), true],
  ['JSON without a dollar', expecting('{ json: { a: 1 } }'), false],
  ['a time', expecting('{ time: { atLeast: 1.5s, atMost: 2m } }'), true],
  ['a time without a unit', expecting('{ time: { atMost: 200 } }'), false],
  [
    'a distribution',
    one('request: { url: "http://a/", repeat: 4 }\nexpect: { distribution: { a: 2, b: { atLeast: 1, atMost: 3 } } }'),
    true,
  ],
  [
    'a distribution of halves',
    one('request: { url: "http://a/", repeat: 4 }\nexpect: { distribution: { a: 0.5 } }'),
    false,
  ],
  [
    'captures',
    one(
      'request: { url: "http://a/" }\ncapture: { a: { header: x }, b: { json: $.x }, c: { body: x }, d: { cookie: y }, e: { decision: member } }',
    ),
    true,
  ],
  ['a capture from two places', one('request: { url: "http://a/" }\ncapture: { a: { header: x, cookie: y } }'), false],
  [
    'a capture of an unknown decision',
    one('request: { url: "http://a/" }\ncapture: { a: { decision: colour } }'),
    false,
  ],
  ['messages', socket('protocols: [p], send: [a], expect: [/b/, null]'), true],
  ['messages by turns', socket('steps: [{ send: a }, { expect: b }]'), true],
  ['a protocol of two words', socket('protocols: [a b]'), false],
  ['a turn with both', socket('steps: [{ send: a, expect: b }]'), false],
])('the schema and the runner agree on %s', (_name, text, isGood) => {
  const { diagnostics } = parseTestFile(new SourceText('a.test.yaml', text));
  const schemaSays = isValid(parse(text));
  expect({
    runner: diagnostics.map(({ message }) => message),
    editor: isValid.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`) ?? [],
  }).toEqual(isGood ? { runner: [], editor: [] } : { runner: expect.any(Array), editor: expect.any(Array) });
  expect([diagnostics.length === 0, schemaSays]).toEqual([isGood, isGood]);
});

test('every part of the schema tells editors what it is for', () => {
  const undescribed: string[] = [];
  const visit = (part: unknown, path: string) => {
    if (typeof part !== 'object' || part === null) return;
    const { properties, ...others } = part as { properties?: Record<string, { description?: string }> };
    for (const [name, each] of Object.entries(properties ?? {})) {
      if (!each.description) undescribed.push(`${path}.${name}`);
      visit(each, `${path}.${name}`);
    }
    for (const [key, each] of Object.entries(others)) visit(each, `${path}/${key}`);
  };
  visit(schema, '');
  expect(undescribed).toEqual([]);
});
