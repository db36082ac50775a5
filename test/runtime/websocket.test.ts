import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { GatewaySpec } from '../routing/gateway-fixture.ts';
import {
  exchangeBytes,
  portOfListener,
  startGateway,
  startGatewayBefore,
  startRawBackend,
  type TestBackend,
} from './fixture.ts';

interface ChatServer extends TestBackend {
  readonly handshakes: IncomingMessage[];
  readonly clients: ReadonlySet<WebSocket>;
}

/** Echoes messages at `/chat…`, refuses others with 403, and answers HTTP. */
async function startChat(): Promise<ChatServer> {
  const server = createServer((_incoming, outgoing) => outgoing.end('http'));
  const handshakes: IncomingMessage[] = [];
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: true,
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    handshakes.push(incoming);
    if (incoming.url?.includes('/chat')) {
      webSockets.handleUpgrade(incoming, socket, head, (client) => {
        client.on('error', () => undefined);
        client.on('message', (data, isBinary) => client.send(data, { binary: isBinary }));
      });
    } else {
      socket.end('HTTP/1.1 403 Forbidden\r\nX-Why: no chat\r\nContent-Length: 4\r\n\r\nhalt');
    }
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, sockets, close, handshakes, clients: webSockets.clients };
}

async function dial(gateway: Emulator, path: string, protocols: string[] = [], options = {}): Promise<WebSocket> {
  const client = new WebSocket(`ws://127.0.0.1:${portOfListener(gateway)}${path}`, protocols, options);
  onTestFinished(() => client.terminate());
  await once(client, 'open');
  return client;
}

async function echo(client: WebSocket, data: string | Buffer): Promise<string | Buffer> {
  const answered = once(client, 'message');
  client.send(data);
  const [received, isBinary] = await answered;
  return isBinary ? received : String(received);
}

const handshake = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

test.each<[string, GatewaySpec]>([
  ['a Basic rule', { rules: [{ pool: 'web' }] }],
  [
    'a path rule',
    {
      rules: [{ pool: 'other', paths: [{ paths: ['/chat*'], pool: 'web' }] }],
      pools: { web: ['10.0.0.4'], other: [] },
    },
  ],
])('carries messages of all sizes and kinds through %s', async (_name, spec) => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat], spec);
  const client = await dial(gateway, '/chat?room=1');
  for (const size of [0, 1, 125, 126, 65_535, 65_536, 16 * 1024 * 1024]) {
    const message = randomBytes(size);
    expect(message.equals((await echo(client, message)) as Buffer)).toBe(true);
  }
  expect(await echo(client, 'grüße')).toBe('grüße');
  const ponged = once(client, 'pong');
  client.ping('are you there');
  expect(String((await ponged)[0])).toBe('are you there');
});

test('the backend sees the handshake as the client sent it, with the headers of the gateway', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat', ['one', 'two'], {
    headers: { Host: 'chat.contoso.com', Origin: 'https://contoso.com' },
  });
  expect(client.protocol).toBe('two');
  expect(client.extensions).toContain('permessage-deflate');
  const [seen] = chat.handshakes;
  expect(seen?.headers).toMatchObject({
    host: 'chat.contoso.com',
    origin: 'https://contoso.com',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-protocol': 'one,two',
    'sec-websocket-version': '13',
    'x-forwarded-proto': 'http',
    'x-original-host': 'chat.contoso.com',
    'x-original-url': '/chat',
  });
  expect(seen?.rawHeaders).toEqual(expect.arrayContaining(['Sec-WebSocket-Key', 'X-Forwarded-For']));
});

test('the answer of a server that does not switch reaches the client whole', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const text = await exchangeBytes(portOfListener(gateway), handshake('/closed'));
  expect(text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  expect(text).toMatch(/\r\nX-Why: no chat\r\n/);
  expect(text.endsWith('\r\n\r\nhalt')).toBe(true);
  expect(gateway.requests()[0]).toMatchObject({ status: 403, upgraded: false });
});

test.each([
  ['refuses', 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n', /^HTTP\/1\.1 304 Not Modified\r\n(?!.*chunked)/s],
  ['closes the connection', '', /^HTTP\/1\.1 502 Bad Gateway\r\n/],
  ['sends garbage', 'no HTTP\r\n\r\n', /^HTTP\/1\.1 502 Bad Gateway\r\n/],
])('a handshake whose server %s is answered', async (_name, answer, expected) => {
  const backend = await startRawBackend((socket) => socket.end(answer));
  const gateway = await startGatewayBefore([backend]);
  expect(await exchangeBytes(portOfListener(gateway), handshake('/chat'))).toMatch(expected);
});

test('a handshake is tried with a second server when the first one refuses the connection', async () => {
  const [dead, chat] = [await startChat(), await startChat()];
  const gateway = await startGatewayBefore([dead, chat]);
  await dead.close();
  const clients = [await dial(gateway, '/chat'), await dial(gateway, '/chat')];
  for (const client of clients) expect(await echo(client, 'hi')).toBe('hi');
});

test('answers 502 to a handshake when no server is healthy', async () => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] }, { unmapped: 'down' });
  const text = await exchangeBytes(portOfListener(gateway), handshake('/chat'));
  expect(text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
});

test('an upgrade to something else is answered like any other request', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const text = await exchangeBytes(
    portOfListener(gateway),
    'GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: other/1\r\n\r\n',
  );
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(text.endsWith('http')).toBe(true);
});

test.each([
  ['the client', (client: WebSocket) => client.close(4001, 'bye')],
  ['the server', (_client: WebSocket, server: WebSocket) => server.close(4001, 'bye')],
])('the closing handshake of %s reaches the other end, and the connection is logged', async (_name, act) => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  await echo(client, 'hi');
  const [server] = chat.clients;
  if (server === undefined) throw new Error('The server has no client.');
  const told = gateway.events.next('request');
  const closed = [once(client, 'close'), once(server, 'close')];
  act(client, server);
  for (const [code, reason] of await Promise.all(closed)) expect([code, String(reason)]).toEqual([4001, 'bye']);
  const [record] = await told;
  expect(record).toMatchObject({ status: 101, upgraded: true, errorInfo: 'ERRORINFO_NO_ERROR' });
  expect(record.sentBytes).toBeGreaterThan(100);
});

test('a client that vanishes takes its backend connection along', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  const [server] = chat.clients;
  const closed = new Promise((resolve) => server?.once('close', resolve));
  client.terminate();
  expect(await closed).toBe(1006);
});

test('a server that vanishes closes its client without a word', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  const closed = once(client, 'close');
  for (const server of chat.clients) server.terminate();
  expect((await closed)[0]).toBe(1006);
});

test('a connection on which nothing is sent for the request time-out is cut', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat], { settings: { settings: { requestTimeoutSeconds: 1 } } });
  const client = await dial(gateway, '/chat');
  const told = gateway.events.next('request');
  // github.com/MicrosoftDocs/azure-docs/issues/49622
  expect((await once(client, 'close'))[0]).toBe(1006);
  expect((await told)[0].why).toBe('Nothing was sent in either direction for 1 s.');
});

test('either side may close its half and still listen', async () => {
  const backend = await startRawBackend((socket, text) => {
    if (text.startsWith('GET'))
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.once('end', () => undefined);
  });
  const gateway = await startGatewayBefore([backend]);
  const client = connect({ port: portOfListener(gateway), host: '127.0.0.1', allowHalfOpen: true });
  client.write(handshake('/chat'));
  await once(client, 'data');
  const [server] = backend.sockets;
  if (server === undefined) throw new Error('The backend has no connection.');
  server.allowHalfOpen = true;
  client.end('last words');
  await once(server, 'end');
  const answer = once(client, 'data');
  server.end('understood');
  expect(String((await answer)[0])).toBe('understood');
  client.destroy();
});

test('a slow reader makes the sender wait', async () => {
  const chunk = Buffer.alloc(1024 * 1024);
  let sent = 0;
  const backend = await startRawBackend((socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const send = () => {
      while (sent < 256 && socket.write(chunk)) sent++;
      if (sent < 256) socket.once('drain', send);
      else socket.end();
    };
    send();
  });
  const gateway = await startGatewayBefore([backend]);
  const client = connect(portOfListener(gateway), '127.0.0.1');
  client.write(handshake('/chat'));
  await once(client, 'readable');
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toBeLessThan(64);
  let received = 0;
  for await (const data of client) received += (data as Buffer).length;
  expect(received).toBeGreaterThanOrEqual(255 * chunk.length);
});

test('a hundred clients lose and reorder nothing', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const clients = await Promise.all(Array.from({ length: 100 }, () => dial(gateway, '/chat')));
  const results = await Promise.all(
    clients.map(async (client) => {
      const received: string[] = [];
      const done = new Promise<void>((resolve) => {
        client.on('message', (data) => {
          received.push(String(data));
          if (received.length === 50) resolve();
        });
      });
      for (let index = 0; index < 50; index++) client.send(String(index));
      await done;
      return received.join();
    }),
  );
  expect(new Set(results)).toEqual(new Set([Array.from({ length: 50 }, (_, index) => index).join()]));
});

test('an open connection survives a redeployment', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  await gateway.deploy({ ...gateway.gateway, name: 'next' });
  expect(await echo(client, 'still here')).toBe('still here');
});

// RFC 6455, section 4.1: what a handshake must have. What the server thinks of the lack is the server's business.
test.each([
  ['no key', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'],
  ['no version', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'],
  [
    'another version',
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n',
  ],
  [
    'a key that is too short',
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: abc\r\n',
  ],
  [
    'no Connection',
    'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n',
  ],
  ['an empty Upgrade', 'Connection: Upgrade, close\r\nUpgrade: \r\n'],
  ['a method of its own', 'Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n'],
])('a handshake with %s harms nobody', async (name, headers) => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const method = name === 'a method of its own' ? 'POST' : 'GET';
  const close = name === 'no Connection' ? 'Connection: close\r\n' : '';
  const text = await exchangeBytes(
    portOfListener(gateway),
    `${method} /chat HTTP/1.1\r\nHost: a\r\n${headers}${close}\r\n`,
  );
  expect(text).toMatch(/^HTTP\/1\.1 (?:200|400|405|426) /);
  expect(await echo(await dial(gateway, '/chat'), 'hi')).toBe('hi');
});
