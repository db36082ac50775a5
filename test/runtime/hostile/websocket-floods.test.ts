import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { ask, startGatewayBefore, startRawBackend } from '../fixture.ts';
import { flood, megabyte, openSocket, sentUntilNothingMoves } from './flood.ts';

const handshake =
  'GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
const agreed = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

/** A frame as clients send them, masked with zeros. */
function frameOf(opcode: number, payload: string): Buffer {
  return Buffer.concat([Buffer.from([0x80 + opcode, 0x80 + payload.length, 0, 0, 0, 0]), Buffer.from(payload)]);
}

const ping = frameOf(9, '');
const tiny = frameOf(1, 'x');

/** A gateway before a server that hands its end of every WebSocket to the test, and answers everything else. */
async function startBefore(onSocket: (socket: Socket) => void): Promise<Emulator> {
  const backend = await startRawBackend((socket) => {
    socket.removeAllListeners('data');
    socket.write(agreed);
    onSocket(socket);
  });
  return startGatewayBefore([backend]);
}

async function switched(gateway: Emulator): Promise<Socket> {
  const socket = await openSocket(gateway);
  socket.write(handshake);
  await once(socket, 'data');
  return socket;
}

test.each([
  ['pings', ping],
  ['messages of one byte', tiny],
])('%s that the server does not read hold their client back', async (_name, piece) => {
  const gateway = await startBefore((socket) => socket.pause());
  const client = await switched(gateway);
  const flooding = flood(client, piece, 128 * megabyte);
  expect(await sentUntilNothingMoves(client)).toBeLessThan(32 * megabyte);
  expect((await ask(gateway, '/')).status).toBe(200);
  client.destroy();
  await flooding;
});

test('a client that does not read holds its server back', async () => {
  const ends: Socket[] = [];
  const gateway = await startBefore((socket) => ends.push(socket));
  const client = await switched(gateway);
  client.pause();
  const [server] = ends;
  if (server === undefined) throw new Error('The server was not reached.');
  const flooding = flood(server, tiny, 128 * megabyte);
  expect(await sentUntilNothingMoves(server)).toBeLessThan(32 * megabyte);
  expect((await ask(gateway, '/')).status).toBe(200);
  client.destroy();
  await flooding;
});

test('100,000 messages of one byte arrive, every one, while others are served', async () => {
  const gateway = await startBefore((socket) => socket.pipe(socket));
  const client = await switched(gateway);
  const bytes = Buffer.concat(Array.from({ length: 100_000 }, () => tiny));
  let received = 0;
  const all = new Promise<void>((resolve) => {
    client.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received >= bytes.length) resolve();
    });
  });
  client.write(bytes);
  expect((await ask(gateway, '/')).status).toBe(200);
  await all;
  expect(received).toBe(bytes.length);
  client.destroy();
});

test('a client that resets its WebSocket ends that alone', async () => {
  const gateway = await startBefore((socket) => socket.pipe(socket));
  const stays = await switched(gateway);
  const client = await switched(gateway);
  const told = gateway.events.next('request');
  client.resetAndDestroy();
  expect((await told)[0]).toMatchObject({ upgraded: true, status: 101 });
  stays.write(tiny);
  expect((await once(stays, 'data'))[0]).toEqual(tiny);
  stays.destroy();
});

test('two hundred handshakes whose clients leave at once leave nothing behind', async () => {
  const gateway = await startBefore((socket) => socket.resume());
  let over = 0;
  const done = new Promise<void>((resolve) => {
    const watching = gateway.events.on('request', () => {
      if (++over < 200) return;
      watching[Symbol.dispose]();
      resolve();
    });
  });
  for (let round = 0; round < 2; round++) {
    const clients = await Promise.all(Array.from({ length: 100 }, () => openSocket(gateway)));
    for (const client of clients) client.write(handshake, () => client.destroy());
  }
  await done;
  expect((await ask(gateway, '/')).status).toBe(200);
});
