import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { ask, startBackend, startGateway, startGatewayBefore, startRawBackend } from '../fixture.ts';
import { flood, megabyte, openSocket, sentUntilNothingMoves } from './flood.ts';
import { readAnswers } from './read-answers.ts';

async function answersOf(socket: Socket): Promise<number[]> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  if (!socket.closed) await once(socket, 'close');
  return readAnswers(text).map(({ status }) => status);
}

test.each([
  ['the head', 'GET / HTTP/1.1\r\nHost: a\r\nX-', 'a'],
  ['the body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n', 'b'],
  ['the chunks', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nc\r\n'],
])('100 clients that send %s bit by bit cost nobody else an answer, and get 408', async (_name, start, bit) => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] }, { limits: { requestMilliseconds: 600 } });
  const sockets = await Promise.all(Array.from({ length: 100 }, () => openSocket(gateway)));
  const answers = sockets.map(answersOf);
  for (const socket of sockets) socket.write(start);
  const drip = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write(bit);
  }, 50);
  expect((await ask(gateway, '/')).status).toBe(200);
  const statuses = await Promise.all(answers);
  clearInterval(drip);
  expect(new Set(statuses.flat())).toEqual(new Set([408]));
  expect(statuses.every(({ length }) => length === 1)).toBe(true);
});

test.each([
  ['header lines', 'GET / HTTP/1.1\r\nHost: a\r\n', 'X-Flood: yyyyyyyyyyyyyyyyyyyy\r\n', 400],
  // Node shows the last packet only, and one without a line end looks like the middle of a request line.
  ['a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: ', 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy', 414],
  ['a request line', 'GET /', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 414],
  ['a chunk extension', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'aaaaaaaaaaaaaa', 400],
  ['trailers', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', 'X-Flood: yyyyyyyyy\r\n', 400],
])('%s without end: the client is refused before it has filled anything', async (_name, start, piece, status) => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] });
  const told = gateway.events.next('request');
  const socket = await openSocket(gateway);
  socket.write(start);
  // What the system holds for both ends is among what was sent.
  expect(await flood(socket, piece, 64 * megabyte)).toBeLessThan(16 * megabyte);
  expect((await told)[0].status).toBe(status);
  expect((await ask(gateway, '/')).status).toBe(200);
});

test('requests behind one that is not answered are not read on', async () => {
  const backend = await startRawBackend(() => undefined);
  const gateway = await startGatewayBefore([backend]);
  const socket = await openSocket(gateway);
  socket.write('GET /first HTTP/1.1\r\nHost: a\r\n\r\n');
  const flooding = flood(socket, 'GET /x HTTP/1.1\r\nHost: a\r\n\r\n', 64 * megabyte);
  expect(await sentUntilNothingMoves(socket)).toBeLessThan(16 * megabyte);
  socket.destroy();
  await flooding;
});

test('a client that does not read holds its backend back, and nobody else', async () => {
  let written = 0;
  const backend = await startBackend((incoming, outgoing) => {
    if (incoming.url === '/small') {
      outgoing.end('ok');
      return;
    }
    const send = () => {
      do written += 65_536;
      while (outgoing.write(Buffer.alloc(65_536)) && written < 512 * megabyte);
      outgoing.once('drain', send);
    };
    send();
  });
  const gateway = await startGatewayBefore([backend]);
  const socket = await openSocket(gateway);
  socket.pause();
  socket.write('GET /endless HTTP/1.1\r\nHost: a\r\n\r\n');
  for (let last = -1; written !== last || written === 0; ) {
    last = written;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(written).toBeLessThan(64 * megabyte);
  expect((await ask(gateway, '/small')).body).toBe('ok');
  socket.destroy();
});
