import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { portOfListener, startGatewayBefore } from '../fixture.ts';
import { type ChatServer, dial, say, startChat } from './chat.ts';

/** A gateway whose Https listener speaks HTTP/2 as well. */
function startWithHttp2(chat: ChatServer): Promise<Emulator> {
  return startGatewayBefore([chat], {
    listeners: [{ name: 'secure', protocol: 'Https' }],
    rules: [{ pool: 'web' }],
    enableHttp2: true,
  });
}

async function openSession(gateway: Emulator): Promise<ClientHttp2Session> {
  const session = connect(`https://127.0.0.1:${portOfListener(gateway)}`, { rejectUnauthorized: false });
  session.on('error', () => undefined);
  onTestFinished(() => session.destroy());
  await once(session, 'remoteSettings');
  return session;
}

// https://www.rfc-editor.org/rfc/rfc8441#section-3
test('WebSocket over HTTP/2 is not offered', async () => {
  const session = await openSession(await startWithHttp2(await startChat()));
  expect(session.alpnProtocol).toBe('h2');
  expect(session.remoteSettings.enableConnectProtocol).not.toBe(true);
});

test('a client that tries WebSocket over HTTP/2 all the same is refused, and keeps its connection', async () => {
  const chat = await startChat();
  const session = await openSession(await startWithHttp2(chat));
  const stream = session.request({
    ':method': 'CONNECT',
    ':protocol': 'websocket',
    ':scheme': 'https',
    ':path': '/chat',
    ':authority': 'chat.contoso.com',
    'sec-websocket-version': '13',
  });
  await expect(once(stream, 'response')).rejects.toThrow('NGHTTP2_PROTOCOL_ERROR');
  expect(chat.handshakes).toEqual([]);
  const ordinary = session.request({ ':path': '/chat' });
  const [headers] = await once(ordinary, 'response');
  expect(headers[':status']).toBe(200);
});

test('a listener that speaks HTTP/2 carries WebSocket over HTTP/1.1', async () => {
  const chat = await startChat();
  const gateway = await startWithHttp2(chat);
  await openSession(gateway);
  expect(await say(await dial(gateway, '/chat', { isSecure: true }), 'hi')).toBe('hi');
});
