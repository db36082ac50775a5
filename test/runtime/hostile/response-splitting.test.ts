import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { exchangeBytes, portOfListener } from '../fixture.ts';
import { readAnswers } from './read-answers.ts';
import { RecordingBackend } from './recording-backend.ts';

let backend: RecordingBackend;
let gateway: Emulator;

/** Everything that a client says goes into headers, the path and the query, and from there into redirects. */
beforeAll(async () => {
  backend = await RecordingBackend.start();
  const echoes =
    '{var_uri_path}|{var_query_string}|{var_request_uri}|{http_req_X-Any}|{http_req_X-Any_1}|{var_cookie_a}';
  gateway = await startEmulator({
    gateway: makeGateway({
      rules: [
        {
          pool: 'web',
          rewrites: 'set',
          paths: [
            { paths: ['/r*'], redirect: { to: 'https://b.test/', path: true, query: true } },
            { paths: ['/l*'], redirect: { to: 'other', path: true, query: true } },
            { paths: ['/a*'], pool: 'web', rewrites: 'set' },
          ],
        },
        { listener: 'other', pool: 'web' },
      ],
      listeners: [{ name: 'all' }, { name: 'other', port: 8081 }],
      rewrites: {
        set: [
          {
            when: [{ variable: 'http_req_X-Any', pattern: '(.*)' }],
            request: [['X-Out', echoes]],
            response: [
              ['X-Back', echoes],
              ['Location', '{var_uri_path}'],
            ],
            path: '/p{var_uri_path}{http_req_X-Any_1}',
            query: '{var_query_string}{var_cookie_a}',
          },
        ],
      },
    }),
    listen: { all: 0 },
    backends: { web: `127.0.0.1:${backend.port}` },
  });
});

afterAll(async () => {
  await gateway.dispose(0);
  await backend.close();
});

beforeEach(() => backend.forget());

const injections = [
  ['CR LF', '%0d%0aInjected:%20yes'],
  ['CR LF in capitals', '%0D%0AInjected:%20yes'],
  ['LF alone', '%0aInjected:%20yes'],
  ['CR alone', '%0dInjected:%20yes'],
  ['a whole answer', '%0d%0a%0d%0aHTTP/1.1%20200%20OK%0d%0aInjected:%20yes%0d%0a%0d%0a'],
  ['a whole request', '%20HTTP/1.1%0d%0aHost:%20a%0d%0a%0d%0aGET%20/injected%20HTTP/1.1%0d%0aInjected:%20yes'],
  ['encoded twice', '%250d%250aInjected:%20yes'],
  ['characters whose last byte is CR or LF', '%E5%98%8D%E5%98%8AInjected:%20yes'],
  ['the next line of Latin-1', '%85Injected:%20yes'],
  ['a line separator', '%E2%80%A8Injected:%20yes'],
  ['NUL', '%00%0d%0aInjected:%20yes'],
  ['an overlong line end', '%C0%8D%C0%8AInjected:%20yes'],
] as const;

const places = [
  ['the path', (text: string) => `GET /a${text} HTTP/1.1\r\nHost: a\r\nX-Any: b\r\n`],
  ['the query', (text: string) => `GET /a?${text} HTTP/1.1\r\nHost: a\r\nX-Any: b\r\n`],
  ['a header', (text: string) => `GET /a HTTP/1.1\r\nHost: a\r\nX-Any: ${text}\r\n`],
  ['a cookie', (text: string) => `GET /a HTTP/1.1\r\nHost: a\r\nCookie: a=${text}\r\n`],
  ['the path of a redirect to a URL', (text: string) => `GET /r${text} HTTP/1.1\r\nHost: a\r\n`],
  ['the query of a redirect to a URL', (text: string) => `GET /r?${text} HTTP/1.1\r\nHost: a\r\n`],
  ['the path of a redirect to a listener', (text: string) => `GET /l${text} HTTP/1.1\r\nHost: a\r\n`],
] as const;

describe.each(places)('in %s', (_place, requestWith) => {
  test.each(injections)('%s makes no line of its own', async (_name, text) => {
    const received = await exchangeBytes(portOfListener(gateway), `${requestWith(text)}Connection: close\r\n\r\n`);
    expect(received.match(/HTTP\/1\.1 \d{3} /g)).toHaveLength(1);
    const [answer] = readAnswers(received);
    expect(answer?.headers.filter((line) => !/^[\w-]+: [\t\x20-\x7e\x80-\xff]*$/.test(line))).toEqual([]);
    expect(answer?.headers.filter((line) => /^injected/i.test(line))).toEqual([]);
    // What the backend reads is held to one form as well.
    expect(backend.faults).toEqual([]);
    expect(backend.requests.map(({ target }) => target).filter((target) => target.startsWith('/injected'))).toEqual([]);
    expect(backend.requests.some(({ headers }) => headers.has('injected'))).toBe(false);
    expect(backend.requests.length).toBeLessThanOrEqual(1);
  });
});
