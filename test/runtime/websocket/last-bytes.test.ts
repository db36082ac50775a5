import { type ChannelListener, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { GatewaySpec } from '../../routing/gateway-fixture.ts';
import { portOfListener, startGatewayBefore, startRawBackend } from '../fixture.ts';
import { handshake } from './chat.ts';

const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

// Small enough that what a socket cannot pass on does not yet make it stop reading, so that it learns of the end.
const piece = Buffer.alloc(4096, 'x');

/** Collects the sockets that this process opens; the gateway's are among them. */
function watchSockets(name: 'net.client.socket' | 'net.server.socket'): Socket[] {
  const sockets: Socket[] = [];
  const listener: ChannelListener = (message) => sockets.push((message as { socket: Socket }).socket);
  subscribe(name, listener);
  onTestFinished(() => {
    unsubscribe(name, listener);
  });
  return sockets;
}

/** Sends until what lies between has no room left, and something waits in the gateway. */
async function sendUntilFull(sender: Socket, gatewaySocket: Socket): Promise<number> {
  let sent = 0;
  while (gatewaySocket.writableLength === 0) {
    sender.write(piece);
    sent += piece.length;
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  return sent;
}

interface Parties {
  readonly gateway: Emulator;
  readonly client: Socket;
  readonly server: Socket;
}

/** A client and a server that have switched, and of whom neither reads. */
async function join(onHandshake: (server: Socket) => void, spec: GatewaySpec = {}): Promise<Parties> {
  const backend = await startRawBackend((socket, text) => {
    if (text.startsWith('GET /chat')) onHandshake(socket);
  });
  const gateway = await startGatewayBefore([backend], spec);
  const client = connect({ port: portOfListener(gateway), host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => {
    client.destroy();
  });
  client.write(handshake('/chat'));
  await once(client, 'readable');
  const [server] = [...backend.sockets].slice(-1);
  if (server === undefined) throw new Error('The backend has no connection.');
  server.pause();
  return { gateway, client, server };
}

test('what a client says last reaches a server that is slow to read', async () => {
  const opened = watchSockets('net.client.socket');
  const { gateway, client, server } = await join((socket) => {
    socket.allowHalfOpen = true;
    socket.end(switching);
  });
  const tunnel = opened.find(({ remotePort }) => remotePort === server.localPort);
  if (tunnel === undefined) throw new Error('The gateway has no connection to the server.');
  client.resume();
  const readBefore = server.bytesRead;
  const told = gateway.events.next('request');
  const sent = await sendUntilFull(client, tunnel);
  client.end();
  await told;
  server.resume();
  await once(server, 'end');
  expect(server.bytesRead - readBefore).toBe(sent);
});

/** A server that breaks off, while what it said lies in the gateway for a client that does not read. */
async function breakOff(spec: GatewaySpec): Promise<Parties & { readonly sent: number }> {
  const accepted = watchSockets('net.server.socket');
  const parties = await join((socket) => socket.write(switching), spec);
  const { client, server } = parties;
  const ofClient = accepted.find(({ remotePort }) => remotePort === client.localPort);
  if (ofClient === undefined) throw new Error('The gateway has no connection to the client.');
  const sent = await sendUntilFull(server, ofClient);
  server.resetAndDestroy();
  return { ...parties, sent };
}

test('what a server says last reaches a client that is slow to read', async () => {
  const { client, sent } = await breakOff({});
  let received = 0;
  for await (const chunk of client) received += (chunk as Buffer).length;
  expect(received - switching.length).toBe(sent);
});

test('a client that never takes what its server said last is cut', async () => {
  const { gateway } = await breakOff({ settings: { settings: { requestTimeoutSeconds: 1 } } });
  expect((await gateway.events.next('request'))[0]).toMatchObject({
    status: 101,
    why: 'Nothing was sent in either direction for 1 s.',
  });
});
