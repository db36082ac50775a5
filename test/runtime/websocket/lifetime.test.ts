import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { Probe } from '../../../src/gateway/model.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { ask, portOfListener, startGateway, startGatewayBefore, startRawBackend } from '../fixture.ts';
import { dial, handshake, say, startChat } from './chat.ts';

test.each([
  ['the client', (client: WebSocket) => client.close(4001, 'bye')],
  ['the server', (_client: WebSocket, server: WebSocket) => server.close(4001, 'bye')],
])('the closing handshake of %s reaches the other end, and the connection is logged', async (_name, act) => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  await say(client, 'hi');
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

test.each([
  ['Http', false],
  ['Https', true],
] as const)(
  'a client of an %s listener that vanishes takes its backend connection along',
  async (protocol, isSecure) => {
    const chat = await startChat();
    const gateway = await startGatewayBefore([chat], { listeners: [{ name: 'listener', protocol }] });
    const client = await dial(gateway, '/chat', { isSecure });
    const [server] = chat.clients;
    const told = gateway.events.next('request');
    const closed = new Promise((resolve) => server?.once('close', resolve));
    client.terminate();
    expect(await closed).toBe(1006);
    expect((await told)[0]).toMatchObject({ status: 101, upgraded: true });
  },
);

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

test('a client that never reads what its server sends is cut as well', async () => {
  const backend = await startRawBackend((socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.write(Buffer.alloc(64 * 1024 * 1024));
  });
  const gateway = await startGatewayBefore([backend], { settings: { settings: { requestTimeoutSeconds: 1 } } });
  const client = connect(portOfListener(gateway), '127.0.0.1');
  client.on('error', () => undefined);
  client.pause();
  client.write(handshake('/chat'));
  expect((await gateway.events.next('request'))[0].why).toBe('Nothing was sent in either direction for 1 s.');
  client.destroy();
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

test('what a client says last arrives, when the server has closed its half before', async () => {
  const backend = await startRawBackend((socket, text) => {
    if (!text.startsWith('GET')) return;
    socket.allowHalfOpen = true;
    socket.pause();
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  const gateway = await startGatewayBefore([backend]);
  const client = connect({ port: portOfListener(gateway), host: '127.0.0.1', allowHalfOpen: true });
  client.write(handshake('/chat'));
  client.resume();
  await once(client, 'end');
  const [server] = backend.sockets;
  if (server === undefined) throw new Error('The backend has no connection.');
  const words = Buffer.alloc(16 * 1024 * 1024);
  const told = gateway.events.next('request');
  client.end(words);
  server.resume();
  await Promise.all([once(server, 'end'), told]);
  expect(server.bytesRead).toBeGreaterThan(words.length);
});

test('a slow reader makes the sender wait', async () => {
  const chunk = Buffer.alloc(256 * 1024);
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
  expect(sent).toBeLessThan(128);
  let received = 0;
  for await (const data of client) received += (data as Buffer).length;
  expect(received).toBeGreaterThanOrEqual(255 * chunk.length);
});

test('a slow server makes its client wait', async () => {
  const backend = await startRawBackend((socket, text) => {
    if (!text.startsWith('GET')) return;
    socket.pause();
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  const gateway = await startGatewayBefore([backend]);
  const client = connect(portOfListener(gateway), '127.0.0.1');
  client.write(handshake('/chat'));
  await once(client, 'data');
  const chunk = Buffer.alloc(256 * 1024);
  let sent = 0;
  const send = () => {
    while (sent < 256 && client.write(chunk)) sent++;
    if (sent < 256) client.once('drain', send);
    else client.end();
  };
  send();
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toBeLessThan(128);
  const [server] = backend.sockets;
  if (server === undefined) throw new Error('The backend has no connection.');
  server.resume();
  await once(server, 'end');
  expect(server.bytesRead).toBeGreaterThanOrEqual(256 * chunk.length);
});

test('an open connection survives a redeployment', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  await gateway.deploy({ ...gateway.gateway, name: 'next' });
  expect(await say(client, 'still here')).toBe('still here');
});

// https://learn.microsoft.com/azure/application-gateway/features#connection-draining
test('a connection to a member that has left its pool is cut when its time to drain is over', async () => {
  const chat = await startChat();
  const connectionDraining = { enabled: true, drainTimeoutSeconds: 1 };
  const spec = { rules: [{ pool: 'web' }], settings: { settings: { port: chat.port, connectionDraining } } };
  const gateway = await startGateway({ ...spec, pools: { web: ['127.0.0.1'] } }, { unmapped: 'live' });
  const client = await dial(gateway, '/chat');
  await gateway.deploy(makeGateway({ ...spec, pools: { web: [] } }));
  expect(await say(client, 'not over yet')).toBe('not over yet');
  const told = gateway.events.next('request');
  expect((await once(client, 'close'))[0]).toBe(1006);
  expect((await told)[0].why).toBe('127.0.0.1 has left its pool 1 s ago.');
});

// https://learn.microsoft.com/azure/application-gateway/application-gateway-websocket#websocket-enabled-backend
test('a member that fails its probe gets no new connections and keeps those it has', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat], { settings: { settings: { probe: quickProbe } } });
  const client = await dial(gateway, '/chat');
  chat.probeStatus = 503;
  await gateway.events.next('health');
  expect((await ask(gateway, '/chat')).status).toBe(502);
  await expect(dial(gateway, '/chat')).rejects.toThrow('Unexpected server response: 502');
  expect(await say(client, 'still here')).toBe('still here');
  chat.probeStatus = 200;
  await gateway.events.next('health');
  expect(await say(await dial(gateway, '/chat'), 'back')).toBe('back');
});

test('stopping the gateway cuts what is open when the time to drain is over', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const closed = once(await dial(gateway, '/chat'), 'close');
  await gateway.dispose(1);
  expect((await closed)[0]).toBe(1006);
  expect(gateway.requests()[0]?.why).toBe('The gateway was stopped.');
});

const quickProbe: Probe = {
  id: 'probe',
  name: 'probe',
  origin: { span: undefined, path: '' },
  protocol: 'Http',
  host: 'chat.contoso.com',
  pickHostNameFromBackendHttpSettings: false,
  path: '/',
  intervalSeconds: 0.05,
  timeoutSeconds: 5,
  unhealthyThreshold: 1,
  minServers: 0,
  port: null,
  match: { statusCodes: [{ from: 200, to: 399 }], body: null },
};
