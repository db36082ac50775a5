import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../src/base/clock.ts';
import { MockBackend } from '../../src/mock-backend/mock-backend.ts';
import { parseDirectives } from '../../src/mock-backend/mock-directives.ts';

async function startMock(pool = 'web'): Promise<MockBackend> {
  const mock = await MockBackend.start({ pool, member: '10.0.0.4', port: 8080 }, systemClock);
  onTestFinished(() => mock.dispose());
  return mock;
}

test('tells what it received', async () => {
  const mock = await startMock();
  const response = await fetch(`http://127.0.0.1:${mock.port}/a?b=1`, {
    method: 'PUT',
    body: 'hello',
    headers: { 'x-a': '1' },
  });
  expect(response.headers.get('x-agate-backend')).toBe('web/10.0.0.4:8080');
  expect(await response.json()).toMatchObject({
    mock: true,
    pool: 'web',
    member: '10.0.0.4',
    port: 8080,
    method: 'PUT',
    url: '/a?b=1',
    headers: { 'x-a': '1' },
    rawHeaders: expect.arrayContaining(['x-a', '1']),
    body: 'hello',
    tls: null,
  });
});

test('answers as it is asked to', async () => {
  const mock = await startMock();
  const query = 'agate-status=503&agate-delay=1ms&agate-body=closed&agate-header=Retry-After:%2010&agate-header=X-A:1';
  const response = await fetch(`http://127.0.0.1:${mock.port}/?${query}`);
  expect([response.status, await response.text()]).toEqual([503, 'closed']);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(response.headers.get('x-a')).toBe('1');
});

test.each([
  'agate-status=204&agate-header=trailer:x',
  'agate-header=content-length:3&agate-header=trailer:x&agate-body=abc',
])('tells that it cannot send what %s asks for, and goes on', async (query) => {
  const mock = await startMock();
  const response = await fetch(`http://127.0.0.1:${mock.port}/?${query}`);
  const text = 'This answer cannot be sent: Trailers are invalid with this transfer encoding.\n';
  expect([response.status, await response.text()]).toEqual([500, text]);
  expect((await fetch(`http://127.0.0.1:${mock.port}/`)).status).toBe(200);
});

test.each([
  ['pool-ß', 'pool-%C3%9F'],
  ['图片', '%E5%9B%BE%E7%89%87'],
  ['a\r\nx-b: c', 'a%0D%0Ax-b: c'],
  ['half a pair \ud83d', 'half a pair %EF%BF%BD'],
])('a pool %j is %s in headers', async (pool, encoded) => {
  const mock = await startMock(pool);
  const response = await fetch(`http://127.0.0.1:${mock.port}/`);
  expect([response.status, response.headers.get('x-agate-backend')]).toEqual([200, `${encoded}/10.0.0.4:8080`]);
  expect(response.headers.has('x-b')).toBe(false);
  const client = new WebSocket(`ws://127.0.0.1:${mock.port}/`);
  const [handshake] = (await once(client, 'upgrade')) as [IncomingMessage];
  client.terminate();
  expect(handshake.headers).toMatchObject({ 'x-agate-backend': `${encoded}/10.0.0.4:8080` });
  expect(handshake.headers).not.toHaveProperty('x-b');
});

test.each([
  ['/?a=1', { status: 200, delayMilliseconds: 0, body: null, headers: [] }],
  ['/?agate-status=404', { status: 404 }],
  ['/?agate-delay=2s', { delayMilliseconds: 2000 }],
  ['/?agate-delay=1.5s', { delayMilliseconds: 1500 }],
  ['/?agate-delay=250', { delayMilliseconds: 250 }],
  ['/?agate-delay=1m', { delayMilliseconds: 60_000 }],
  ['/?agate-body=', { body: '' }],
  ['/?agate-header=a:b:c', { headers: [['a', 'b:c']] }],
  ['/?agate-status=99', { message: "agate-status is '99'; it should be a status from 200 to 599." }],
  ['/?agate-delay=soon', { message: "agate-delay is 'soon'; it should be a time such as '500ms' or '2s'." }],
  ['/?agate-delay=2147484s', { message: "agate-delay is '2147484s'; it should be a time such as '500ms' or '2s'." }],
  ['/?agate-delay=2147483s', { delayMilliseconds: 2_147_483_000 }],
  ['/?agate-header=none', { message: "agate-header is 'none'; it should be 'name:value'." }],
])('%s asks for %o', (url, expected) => {
  expect(parseDirectives(url)).toMatchObject(expected);
});

test('echoes WebSocket messages as they are', async () => {
  const mock = await startMock();
  const client = new WebSocket(`ws://127.0.0.1:${mock.port}/chat`);
  await once(client, 'open');
  for (const message of ['text', Buffer.from([0, 1, 2])]) {
    const echoed = once(client, 'message');
    client.send(message);
    const [data, isBinary] = await echoed;
    expect([isBinary, String(data)]).toEqual([typeof message !== 'string', String(message)]);
  }
  client.terminate();
});

test('goes down, and comes up again on the same port', async () => {
  const mock = await startMock();
  const { port } = mock;
  await mock.down();
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  await mock.up();
  expect(mock.port).toBe(port);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
});

test('answers requests of the gateway as it was told, and tells of them; probes are as ever', async () => {
  const mock = await startMock();
  const received: unknown[] = [];
  mock.answer = { status: 503, delayMilliseconds: 0, body: 'closed', headers: [['retry-after', '10']] };
  mock.onReceived = (request) => received.push(request);
  const url = `http://127.0.0.1:${mock.port}/a?b=1`;
  const headers = { 'x-appgw-trace-id': '0123' };
  const passedOn = await fetch(url, { method: 'POST', body: 'hello', headers });
  expect([passedOn.status, passedOn.headers.get('retry-after'), await passedOn.text()]).toEqual([503, '10', 'closed']);
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(`${url}&agate-status=404`, { headers })).status).toBe(404);
  expect(received).toEqual([
    {
      identity: mock.identity,
      method: 'POST',
      url: '/a?b=1',
      rawHeaders: expect.arrayContaining(['x-appgw-trace-id', '0123']),
      body: 'hello',
    },
    expect.objectContaining({ method: 'GET', url: '/a?b=1&agate-status=404' }),
  ]);
});
