import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { GatewaySpec } from '../../routing/gateway-fixture.ts';
import { ask, portOfListener, startGateway, startGatewayBefore } from '../fixture.ts';
import { dial, say, startChat } from './chat.ts';

const web: GatewaySpec = { rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4'] } };

test('a stand-in echoes', async () => {
  const gateway = await startGateway(web);
  expect(await say(await dial(gateway, '/any/path'), 'hi')).toBe('hi');
});

test('a member is reached at the address of the template when it is live', async () => {
  const chat = await startChat();
  const spec = { ...web, pools: { web: ['127.0.0.1'] }, settings: { settings: { port: chat.port } } };
  const gateway = await startGateway(spec, { unmapped: 'live' });
  expect(await say(await dial(gateway, '/chat'), 'hi')).toBe('hi');
});

test.each([
  ['Http', false],
  ['Https', true],
] as const)('TLS to the backend is one thing, TLS of an %s listener another', async (protocol, isSecure) => {
  const chat = await startChat({ isSecure: true });
  const gateway = await startGateway(
    {
      listeners: [{ name: 'listener', protocol }],
      rules: [{ pool: 'web' }],
      pools: { web: ['10.0.0.4'] },
      settings: { settings: { port: 443, protocol: 'Https', hostName: 'chat.contoso.com' } },
    },
    { backends: { web: `https://127.0.0.1:${chat.port}` } },
  );
  const client = await dial(gateway, '/chat', { isSecure });
  expect(await say(client, 'hi')).toBe('hi');
  const [seen] = chat.handshakes;
  expect(seen?.headers).toMatchObject({
    host: 'chat.contoso.com',
    'x-forwarded-proto': isSecure ? 'https' : 'http',
    'x-original-host': `127.0.0.1:${portOfListener(gateway)}`,
  });
});

test('the host name of a handshake chooses the listener of its site', async () => {
  const [shop, blog] = [await startChat({ name: 'shop' }), await startChat({ name: 'blog' })];
  const gateway = await startGateway(
    {
      listeners: [
        { name: 'shop', hosts: ['shop.contoso.com'] },
        { name: 'blog', hosts: ['*.contoso.com'] },
      ],
      rules: [
        { listener: 'shop', pool: 'shop' },
        { listener: 'blog', pool: 'blog' },
      ],
    },
    { backends: { shop: `127.0.0.1:${shop.port}`, blog: `127.0.0.1:${blog.port}` } },
  );
  await dial(gateway, '/chat', { headers: { Host: 'blog.contoso.com' } });
  expect([shop.handshakes.length, blog.handshakes.length]).toEqual([0, 1]);
  await dial(gateway, '/chat', { headers: { Host: 'shop.contoso.com' } });
  expect([shop.handshakes.length, blog.handshakes.length]).toEqual([1, 1]);
});

test('one server on one listener has HTTP and WebSocket', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat');
  expect((await ask(gateway, '/chat')).body).toBe('http');
  expect(await say(client, 'hi')).toBe('hi');
  expect((await ask(gateway, '/chat')).body).toBe('http');
});

// The cookie of the handshake's 101 binds the client's next handshakes.
// https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#cookie-based-affinity
test('a client with an affinity cookie comes back to its server', async () => {
  const chats = [await startChat({ name: 'first' }), await startChat({ name: 'second' })];
  const gateway = await startGatewayBefore(chats, { settings: { settings: { cookieBasedAffinity: true } } });
  const url = `ws://127.0.0.1:${portOfListener(gateway)}/chat`;
  const first = await dialForAnswer(url, {});
  const cookies = (first.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
  expect(cookies.join()).toMatch(/^ApplicationGatewayAffinity/);
  for (let round = 0; round < 4; round++) {
    const next = await dialForAnswer(url, { Cookie: cookies.join('; ') });
    expect(next.headers['x-server']).toBe(first.headers['x-server']);
    expect(next.headers['set-cookie']).toBeUndefined();
  }
});

async function dialForAnswer(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const client = new WebSocket(url, { headers });
  onTestFinished(() => client.terminate());
  const [answer] = (await once(client, 'upgrade')) as [IncomingMessage];
  return answer;
}
