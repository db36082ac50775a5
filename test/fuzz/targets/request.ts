import fc from 'fast-check';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { readAnswers } from '../../runtime/hostile/read-answers.ts';
import { RecordingBackend } from '../../runtime/hostile/recording-backend.ts';
import { exchange } from '../exchange.ts';
import { defineTarget, type Examiner } from '../target.ts';

const lineEnd = fc.oneof(
  { weight: 30, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r', '\r\r\n', '', '\r\n ', '\0') },
);
const method = fc.constantFrom(
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'CONNECT',
  'TRACE',
  'PATCH',
  'get',
  'FOO',
);
const targetText = fc
  .array(fc.constantFrom('/', 'a', 'r', '%2e', '..', '%0d%0a', '?', '#', '//', 'http://b', '*', ' ', '\\', '\xe9'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
const version = fc.oneof(
  { weight: 10, arbitrary: fc.constant('HTTP/1.1') },
  { weight: 1, arbitrary: fc.constantFrom('HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.11', 'http/1.1', '') },
);
const field = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Host: b:1',
    'Host:',
    'Content-Length: 0',
    'Content-Length: 5',
    'Content-Length: 30',
    'Content-Length: +5',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding : chunked',
    'Connection: close',
    'Connection: Upgrade',
    'Connection: keep-alive, Host',
    'Upgrade: websocket',
    'Upgrade: h2c',
    'Upgrade: foo',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    'Expect: 100-continue',
    'X-Any: a',
    'X-Any: %0d%0ab: c',
    'Cookie: a=b; c="',
    ' folded',
    ':',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const body = fc
  .array(
    fc.constantFrom('5\r\nhello\r\n', '0\r\n\r\n', 'hello', '5;a=b\r\nhello\r\n', '-1\r\n', 'X: y\r\n', '\r\n', '\n'),
    {
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(''));
const request = fc
  .tuple(method, targetText, version, fc.array(fc.tuple(field, lineEnd), { maxLength: 5 }), lineEnd, fc.boolean(), body)
  .map(([verb, target, protocol, fields, end, hasHost, rest]) => {
    const head = [...(hasHost ? [['Host: a', '\r\n']] : []), ...fields].map((line) => line.join('')).join('');
    return `${verb} ${target} ${protocol}${end}${head}${end}${rest}`;
  });

export const clientRequest = defineTarget({
  name: 'request',
  holds:
    'whatever bytes a client sends, backends get requests in one form only, nobody else notices, and no answer is 500',
  inputs: fc.array(request, { minLength: 1, maxLength: 3 }).map((requests) => requests.join('')),
  open,
});

async function open(): Promise<Examiner<string>> {
  const backend = await RecordingBackend.start();
  const gateway = await startEmulator({
    gateway: makeGateway({
      rules: [
        {
          pool: 'web',
          rewrites: 'set',
          paths: [
            { paths: ['/r*'], redirect: { to: 'https://b/', path: true, query: true } },
            { paths: ['/a*'], pool: 'web', rewrites: 'set' },
          ],
        },
      ],
      rewrites: {
        set: [{ request: [['X-Out', '{var_uri_path}{http_req_X-Any}']], response: [['X-Uri', '{var_request_uri}']] }],
      },
    }),
    listen: { all: 0 },
    backends: { web: `127.0.0.1:${backend.port}` },
    limits: { requestMilliseconds: 200 },
  });
  const faults: string[] = [];
  gateway.events.on('notice', ({ severity, message }) => {
    if (severity === 'error') faults.push(message);
  });
  return {
    examine: async (bytes) => {
      backend.forget();
      await checkAnswers(gateway, bytes);
      await checkNeighbour(gateway, backend);
      const found = [...backend.faults, ...faults.splice(0)];
      if (found.length > 0) throw new Error(found.join(' '));
    },
    close: async () => {
      await gateway.dispose(0);
      await backend.close();
    },
  };
}

async function checkAnswers(gateway: Emulator, bytes: string): Promise<void> {
  const text = await exchange(gateway, bytes + lastRequest);
  for (const { status } of readAnswers(text)) {
    if (Number.isNaN(status) || status === 500) throw new Error(`The answer is ${JSON.stringify(text)}.`);
  }
}

async function checkNeighbour(gateway: Emulator, backend: RecordingBackend): Promise<void> {
  const text = await exchange(gateway, 'GET /neighbour HTTP/1.1\r\nHost: n\r\nConnection: close\r\n\r\n');
  if (!text.startsWith('HTTP/1.1 200 OK\r\n')) throw new Error(`A neighbour is answered ${JSON.stringify(text)}.`);
  const last = backend.requests.at(-1);
  if (last?.target !== '/neighbour') throw new Error(`A neighbour's request arrived as ${last?.target}.`);
}

/** A request behind the others that ends the connection; what is unfinished by then ends by the gateway's clock. */
const lastRequest = 'GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
