import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { exchangeBytes, portOfListener } from '../fixture.ts';
import { readAnswers } from './read-answers.ts';

/** What the backend answers, byte by byte; it counts how often it is asked. */
let answer = '';
let asked = 0;
let server: Server;
let gateway: Emulator;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (chunk.toString('latin1').startsWith('GET / ')) {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      asked++;
      socket.write(answer, 'latin1');
      // Whatever the answer says about more to come, there is none.
      socket.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  gateway = await startEmulator({
    gateway: makeGateway({ rules: [{ pool: 'web' }] }),
    listen: { all: 0 },
    backends: { web: `127.0.0.1:${typeof address === 'object' ? address?.port : 0}` },
  });
});

afterAll(async () => {
  await gateway.dispose(0);
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  asked = 0;
});

const ask = (rest = '') =>
  exchangeBytes(portOfListener(gateway), `GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${rest}\r\n`);

/** A second answer that a client must never see. */
const second = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond';
const ok = (headers: string, body = '') => `HTTP/1.1 200 OK\r\n${headers}\r\n${body}`;

test.each([
  ['two lengths', ok('Content-Length: 2\r\nContent-Length: 5\r\n', 'hello')],
  ['one length twice', ok('Content-Length: 5\r\nContent-Length: 5\r\n', 'hello')],
  ['a list of lengths', ok('Content-Length: 5, 5\r\n', 'hello')],
  ['a length with a plus', ok('Content-Length: +5\r\n', 'hello')],
  ['a negative length', ok('Content-Length: -5\r\n', 'hello')],
  ['a length above 64 bits', ok('Content-Length: 18446744073709551616\r\n', 'hello')],
  ['length and chunks', ok('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '5\r\nhello\r\n0\r\n\r\n')],
  ['chunks and length', ok('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', '5\r\nhello\r\n0\r\n\r\n')],
  ['a bare LF behind a header', 'HTTP/1.1 200 OK\r\nX: y\nContent-Length: 0\r\n\r\n'],
  ['a bare CR in a header', ok('X: y\rz\r\nContent-Length: 0\r\n')],
  ['a NUL in a header', ok('X: y\0z\r\nContent-Length: 0\r\n')],
  ['a folded header', ok('X: y\r\n z\r\nContent-Length: 0\r\n')],
  ['a header without name', ok(': y\r\nContent-Length: 0\r\n')],
  ['a header name outside of ASCII', ok('\xe9: y\r\nContent-Length: 0\r\n')],
  ['a blank before a colon', ok('X : y\r\nContent-Length: 0\r\n')],
  ['a head of 1 MB', ok(`X: ${'y'.repeat(1024 * 1024)}\r\nContent-Length: 0\r\n`)],
  ['100,000 headers', ok(`${'X: y\r\n'.repeat(100_000)}Content-Length: 0\r\n`)],
  ['a head without end', 'HTTP/1.1 200 OK\r\nX: y\r\n'],
  ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['nothing', ''],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n'],
  ['a status of zeros', 'HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n'],
  ['a switch that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n'],
  ['interim answers alone', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(1000)],
])('answers 502 to a backend that sends %s', async (_name, bytes) => {
  answer = bytes;
  const answers = readAnswers(await ask());
  expect(answers.map(({ status }) => status)).toEqual([502]);
});

test.each([
  ['one answer behind another', `${ok('Content-Length: 5\r\n', 'hello')}${second}`],
  ['an answer behind the last chunk', `${ok('Transfer-Encoding: chunked\r\n', '5\r\nhello\r\n0\r\n\r\n')}${second}`],
  [
    '1,000 interim answers before',
    `${'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(1000)}${ok('Content-Length: 5\r\n', 'hello')}`,
  ],
  ['a reason outside of ASCII', 'HTTP/1.1 200 \xe9\xff\r\nContent-Length: 5\r\n\r\nhello'],
  ['no reason', 'HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello'],
  ['chunks with extensions', ok('Transfer-Encoding: chunked\r\n', '5;a=b\r\nhello\r\n0\r\n\r\n')],
  ['a trailer that is a cookie', ok('Transfer-Encoding: chunked\r\n', '5\r\nhello\r\n0\r\nSet-Cookie: a=b\r\n\r\n')],
  ['no length, and closes', ok('', 'hello')],
  ['HTTP/2.0 as text', 'HTTP/2.0 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nhello'],
])('passes one sound answer on when a backend sends %s', async (_name, bytes) => {
  answer = bytes;
  const text = await ask();
  expect(text.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
  expect(readAnswers(text).map(({ status, body }) => [status, body])).toEqual([[200, 'hello']]);
  expect(text).not.toMatch(/second|set-cookie/i);
});

test.each([
  ['of a length', ok('Content-Length: 50\r\n', 'hello')],
  ['in chunks', ok('Transfer-Encoding: chunked\r\n', '5\r\nhello\r\n')],
  ['in chunks that are none', ok('Transfer-Encoding: chunked\r\n', '5\r\nhello\r\nzz\r\n')],
  ['whose chunk is longer than it says', ok('Transfer-Encoding: chunked\r\n', '4\r\nhello\r\n0\r\n\r\n')],
])('a body %s that breaks off never looks complete to the client', async (_name, bytes) => {
  answer = bytes;
  const text = await ask();
  expect(text).not.toMatch(/0\r\n\r\n$/);
  const isWhole = readAnswers(text).some(({ status }) => status === 200);
  expect(isWhole).toBe(false);
});

test('a switch to WebSocket that the backend makes of something else is no answer', async () => {
  answer = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  expect(readAnswers(await ask()).map(({ status }) => status)).toEqual([502]);
});

test('after all of them the gateway still serves', async () => {
  answer = ok('Content-Length: 5\r\n', 'hello');
  expect(readAnswers(await ask()).map(({ status }) => status)).toEqual([200]);
  expect(asked).toBe(1);
});
