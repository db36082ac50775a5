import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { GatewaySpec } from '../../routing/gateway-fixture.ts';
import { portOfListener, startGatewayBefore, startRawBackend } from '../fixture.ts';
import { dial, handshake, say, startChat } from './chat.ts';

test.each<[string, GatewaySpec]>([
  ['a Basic rule', { rules: [{ pool: 'web' }] }],
  [
    'a path rule',
    {
      rules: [{ pool: 'other', paths: [{ paths: ['/chat*'], pool: 'web' }] }],
      pools: { web: ['10.0.0.4'], other: [] },
    },
  ],
  [
    'an Https listener',
    { listeners: [{ name: 'secure', port: 443, protocol: 'Https' }], rules: [{ listener: 'secure', pool: 'web' }] },
  ],
])('messages of all sizes go through %s', async (name, spec) => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat], spec);
  // Random bytes do not compress; trying to would only take time.
  const client = await dial(gateway, '/chat?room=1', { isSecure: name === 'an Https listener', compresses: false });
  for (const size of [0, 1, 125, 126, 65_535, 65_536, 16 * 1024 * 1024]) {
    const message = randomBytes(size);
    expect(message.equals((await say(client, message)) as Buffer)).toBe(true);
  }
  expect(await say(client, 'grüße')).toBe('grüße');
});

test('a message in fragments arrives in one piece, with a ping between them', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  const [answered, ponged] = [once(client, 'message'), once(client, 'pong')];
  client.send('one ', { fin: false });
  client.ping('are you there');
  client.send('two ', { fin: false });
  client.send('three', { fin: true });
  expect(String((await answered)[0])).toBe('one two three');
  expect(String((await ponged)[0])).toBe('are you there');
});

test('a server may ping as well, and hears an unasked-for pong', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  const [server] = chat.clients;
  if (server === undefined) throw new Error('The server has no client.');
  const answered = once(server, 'pong');
  server.ping('from the server');
  expect(String((await answered)[0])).toBe('from the server');
  const heard = once(server, 'pong');
  client.pong('unasked');
  expect(String((await heard)[0])).toBe('unasked');
});

test('compression is between client and server', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  expect(client.extensions).toContain('permessage-deflate');
  const told = gateway.events.next('request');
  const message = 'all the same '.repeat(10_000);
  expect(await say(client, message)).toBe(message);
  client.close();
  const [{ sentBytes, receivedBytes }] = await told;
  expect(Math.max(sentBytes, receivedBytes)).toBeLessThan(message.length / 10);
});

// https://www.rfc-editor.org/rfc/rfc6455#section-5.2
test('frames of every opcode, defined or not, pass as they are', async () => {
  const upgraded = new WeakSet();
  const backend = await startRawBackend((socket, text) => {
    if (upgraded.has(socket)) {
      socket.write(text, 'latin1');
      return;
    }
    upgraded.add(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  const gateway = await startGatewayBefore([backend]);
  const client = connect(portOfListener(gateway), '127.0.0.1');
  client.write(handshake('/chat'));
  await once(client, 'data');
  // 256 first bytes are all opcodes with all combinations of FIN and the reserved bits.
  const frames = Buffer.concat(
    Array.from({ length: 256 }, (_, first) => Buffer.from([first, 0x82, 1, 2, 3, 4, first ^ 1, 0xff ^ 2])),
  );
  client.write(frames);
  const echoed: Buffer[] = [];
  let length = 0;
  while (length < frames.length) {
    const [chunk] = (await once(client, 'data')) as [Buffer];
    echoed.push(chunk);
    length += chunk.length;
  }
  expect(Buffer.concat(echoed).equals(frames)).toBe(true);
  client.destroy();
});

test('a thousand clients at once lose and reorder nothing', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const clients = await Promise.all(Array.from({ length: 1000 }, () => dial(gateway, '/chat', { compresses: false })));
  const results = await Promise.all(clients.map((client, index) => sayMany(client, index)));
  expect(results.filter(({ said, heard }) => said !== heard)).toEqual([]);
});

/** Sends messages without waiting for their echoes. */
async function sayMany(client: WebSocket, speaker: number): Promise<{ readonly said: string; readonly heard: string }> {
  const messages = Array.from({ length: 20 }, (_, index) => `${speaker}/${index}`);
  const heard: string[] = [];
  const done = new Promise<void>((resolve) => {
    client.on('message', (data) => {
      heard.push(String(data));
      if (heard.length === messages.length) resolve();
    });
  });
  for (const message of messages) client.send(message);
  await done;
  return { said: messages.join(), heard: heard.join() };
}
