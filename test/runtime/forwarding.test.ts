import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { ask, exchangeBytes, open, portOfListener, startBackend, startGatewayBefore } from './fixture.ts';

const json = (value: unknown) => JSON.stringify(value);

test('tells the backend who asked, with the headers of Azure', async () => {
  const backend = await startBackend((incoming, outgoing) => outgoing.end(json(incoming.headers)));
  const gateway = await startGatewayBefore([backend]);
  const { body, status } = await ask(gateway, '/a?b=1', { headers: { host: 'shop.contoso.com' } });
  expect(status).toBe(200);
  const headers = JSON.parse(body);
  // https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works#modifications-to-the-request
  expect(headers).toMatchObject({
    host: 'shop.contoso.com',
    'x-forwarded-for': expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '80',
    'x-original-host': 'shop.contoso.com',
    'x-original-url': '/a?b=1',
    'x-appgw-trace-id': expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(gateway.requests()[0]?.request.traceId).toBe(headers['x-appgw-trace-id']);
});

test('takes turns among the healthy servers of a pool', async () => {
  const backends = await Promise.all(
    ['a', 'b', 'c'].map((name) => startBackend((_incoming, outgoing) => outgoing.end(name))),
  );
  const gateway = await startGatewayBefore(backends);
  const answers: string[] = [];
  for (let index = 0; index < 6; index++) answers.push((await ask(gateway, '/x')).body);
  expect(answers.slice(0, 3).sort()).toEqual(['a', 'b', 'c']);
  expect(answers.slice(3)).toEqual(answers.slice(0, 3));
});

test.each([
  ['with a length', { 'content-length': '5' }, 'hello'],
  ['in chunks', { 'transfer-encoding': 'chunked' }, 'hello'],
  ['that is empty', { 'content-length': '0' }, ''],
])('passes on a body %s, as a body with its length', async (_name, headers, body) => {
  const backend = await startBackend((incoming, outgoing) => {
    incoming.setEncoding('utf8').on('data', (text) => outgoing.write(text));
    incoming.on('end', () =>
      outgoing.end(`|${json([incoming.headers['content-length'], incoming.headers['transfer-encoding']])}`),
    );
  });
  const gateway = await startGatewayBefore([backend]);
  const reply = await ask(gateway, '/upload', { method: 'POST', headers, body });
  // https://learn.microsoft.com/azure/application-gateway/proxy-buffers: the request is collected first.
  expect(reply.body).toBe(`${body}|${json([String(body.length), undefined])}`);
});

test('streams a large response, and lets the backend wait for a client that reads slowly', async () => {
  const body = randomBytes(64 * 1024 * 1024);
  let written = 0;
  const backend = await startBackend((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-length': body.length });
    const send = () => {
      while (written < body.length) {
        const chunk = body.subarray(written, written + 65_536);
        written += chunk.length;
        if (!outgoing.write(chunk)) {
          outgoing.once('drain', send);
          return;
        }
      }
      outgoing.end();
    };
    send();
  });
  const gateway = await startGatewayBefore([backend]);
  const response = await open(gateway, '/large');
  // Another request is answered while this one waits: what is written by then is all that fits into buffers.
  await ask(gateway, '/', { headers: { host: '127.0.0.1' } });
  expect(written).toBeLessThan(body.length);
  const hash = createHash('sha256');
  for await (const chunk of response) hash.update(chunk as Buffer);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(body).digest('hex'));
});

test('passes on status, reason, header names as they are written, and repeated headers', async () => {
  const backend = await startBackend((_incoming, outgoing) => {
    outgoing.writeHead(418, 'Short And Stout', [
      'X-CaSe',
      '1',
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'Server',
      'mine',
    ]);
    outgoing.end('tea');
  });
  const gateway = await startGatewayBefore([backend]);
  const reply = await ask(gateway, '/x');
  expect([reply.status, reply.reason, reply.body]).toEqual([418, 'Short And Stout', 'tea']);
  expect(reply.rawHeaders).toEqual(expect.arrayContaining(['X-CaSe', 'Server']));
  expect(reply.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  expect(reply.headers.server).toBe('mine');
});

test.each([
  ['HEAD', 200, { 'content-length': '1234' }],
  ['HEAD', 200, {}],
  ['GET', 204, {}],
  ['GET', 304, { etag: '"1"', 'content-length': '1234' }],
])('a %s answered with %d and %o has no body, and the connection goes on', async (method, status, headers) => {
  const backend = await startBackend((_incoming, outgoing) => {
    outgoing.writeHead(status, headers);
    outgoing.end();
  });
  const gateway = await startGatewayBefore([backend]);
  const head = `${method} /x HTTP/1.1\r\nHost: a\r\n`;
  const text = await exchangeBytes(portOfListener(gateway), `${head}\r\n${head}Connection: close\r\n\r\n`);
  const [first, second, third] = text.split(/(?=HTTP\/1\.1)/);
  expect(third).toBeUndefined();
  for (const answer of [first, second]) {
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer?.endsWith('\r\n\r\n')).toBe(true);
    expect(answer).not.toMatch(/transfer-encoding/i);
  }
});

test('answers HTTP/1.0 without chunks and closes the connection', async () => {
  const backend = await startBackend((_incoming, outgoing) => {
    outgoing.write('one ');
    outgoing.end('two');
  });
  const gateway = await startGatewayBefore([backend]);
  const text = await exchangeBytes(portOfListener(gateway), 'GET /x HTTP/1.0\r\nHost: a\r\n\r\n');
  expect(text).toMatch(/\r\nConnection: close\r\n/);
  expect(text).not.toMatch(/transfer-encoding/i);
  expect(text.endsWith('\r\n\r\none two')).toBe(true);
});

test('passes events of a stream on at once when response buffering is off', async () => {
  const backend = await startBackend((incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
    outgoing.write('data: 1\n\n');
    incoming.socket.once('close', () => outgoing.end());
  });
  // https://learn.microsoft.com/azure/application-gateway/use-server-sent-events
  const gateway = await startGatewayBefore([backend], {}, { globalConfiguration: { enableResponseBuffering: false } });
  const response = await open(gateway, '/events');
  const [chunk] = (await once(response, 'data')) as [Buffer];
  expect(chunk.toString()).toBe('data: 1\n\n');
  response.destroy();
});

test('does not run a smuggled request: a chunked DELETE over a kept connection stays one request', async () => {
  const seen: string[] = [];
  const backend = await startBackend((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    incoming.resume().on('end', () => outgoing.end());
  });
  const gateway = await startGatewayBefore([backend]);
  const smuggled = 'GET /admin HTTP/1.1\r\nHost: a\r\n\r\n';
  const chunk = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
  const first = `DELETE /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`;
  await exchangeBytes(portOfListener(gateway), `${first}GET /y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  expect(seen).toEqual(['DELETE /x', 'GET /y']);
});

test('answers what came before a malformed request first', async () => {
  const backend = await startBackend((_incoming, outgoing) => setImmediate(() => outgoing.end('first')));
  const gateway = await startGatewayBefore([backend]);
  const text = await exchangeBytes(portOfListener(gateway), 'GET /x HTTP/1.1\r\nHost: a\r\n\r\nno HTTP\r\n\r\n');
  expect(text.split(/(?=HTTP\/1\.1)/).map((answer) => answer.slice(0, 12))).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
});
