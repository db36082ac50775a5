import { once } from 'node:events';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { exchange } from '../exchange.ts';
import { defineTarget, type Examiner } from '../target.ts';

const lineEnd = fc.oneof(
  { weight: 30, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r', '\r\r\n', '', '\r\n ', '\0') },
);
const statusLine = fc.oneof(
  { weight: 6, arbitrary: fc.constant('HTTP/1.1 200 OK') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'HTTP/1.1 100 Continue',
      'HTTP/1.1 101 Switching Protocols',
      'HTTP/1.1 103 Early Hints',
      'HTTP/1.1 204 No Content',
      'HTTP/1.1 304 Not Modified',
      'HTTP/1.1 500 x',
      'HTTP/1.0 200 OK',
      'HTTP/1.1 999 \xe9',
      'HTTP/1.1 200',
      'HTTP/1.1 000 x',
      'HTTP/2 200 OK',
      'HTTP/1.1 2000 OK',
      'ICY 200 OK',
      '',
    ),
  },
);
const field = fc.oneof(
  fc.constantFrom(
    'Content-Length: 5',
    'Content-Length: 0',
    'Content-Length: 50',
    'Content-Length: -5',
    'Content-Length: 5, 5',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding: identity',
    'Connection: close',
    'Connection: X-Any',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Set-Cookie: a=b',
    'Location: http://a/\x85b',
    'X-Any: a',
    'Trailer: X-Any',
    'Keep-Alive: timeout=0',
    'Keep-Alive: timeout=-1',
    'Content-Encoding: gzip',
    ' folded',
    ': no name',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const body = fc
  .array(
    fc.constantFrom(
      '5\r\nhello\r\n',
      '0\r\n\r\n',
      'hello',
      '5;a\r\nhello\r\n',
      'z\r\n',
      'X: y\r\n',
      '\r\n',
      'x'.repeat(9000),
    ),
    {
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(''));
const answer = fc
  .tuple(statusLine, lineEnd, fc.array(fc.tuple(field, lineEnd), { maxLength: 4 }), lineEnd, body)
  .map(
    ([first, end, fields, headEnd, rest]) =>
      `${first}${end}${fields.map((line) => line.join('')).join('')}${headEnd}${rest}`,
  );

const asked = fc.constantFrom(
  'GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'HEAD /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
);

export const backendAnswer = defineTarget({
  name: 'answer',
  holds: 'whatever bytes a backend answers, the client gets one answer that is well-formed, and the gateway goes on',
  inputs: fc.record({ asked, answers: fc.array(answer, { minLength: 1, maxLength: 3 }).map((all) => all.join('')) }),
  open,
});

type Input = { readonly asked: string; readonly answers: string };

async function open(): Promise<Examiner<Input>> {
  let answers = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (chunk.toString('latin1').startsWith('GET / ')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else socket.end(answers, 'latin1');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const gateway = await startEmulator({
    gateway: makeGateway({
      rules: [{ pool: 'web', rewrites: 'set' }],
      rewrites: { set: [{ response: [['X-Back', '{http_resp_X-Any}']] }] },
    }),
    listen: { all: 0 },
    backends: { web: `127.0.0.1:${port}` },
  });
  const faults: string[] = [];
  gateway.events.on('notice', ({ severity, message }) => {
    if (severity === 'error') faults.push(message);
  });
  return {
    examine: async (input) => {
      ({ answers } = input);
      checkAnswer(await exchange(gateway, input.asked));
      const found = faults.splice(0);
      if (found.length > 0) throw new Error(found.join(' '));
    },
    close: async () => {
      await gateway.dispose(0);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function checkAnswer(text: string): void {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) throw new Error(`The client got ${JSON.stringify(text.slice(0, 200))}.`);
  const [statusLineReceived = '', ...lines] = text.slice(0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 ([1-9]\d\d) [\t\x20-\x7e\x80-\xff]*$/.exec(statusLineReceived)?.[1]);
  if (Number.isNaN(status) || (status < 200 && status !== 101))
    throw new Error(`It begins with ${statusLineReceived}.`);
  const malformed = lines.find((line) => !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+: [\t\x20-\x7e\x80-\xff]*$/.test(line));
  if (malformed !== undefined) throw new Error(`A line of the answer is ${JSON.stringify(malformed)}.`);
  const framing = lines.filter((line) => /^(?:content-length|transfer-encoding):/i.test(line));
  if (framing.length > 1) throw new Error(`The answer is framed by ${framing.join(' and ')}.`);
}
