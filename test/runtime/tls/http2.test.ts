import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from 'node:http2';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import {
  exchangeBytes,
  type Options,
  portOfListener,
  startBackend,
  startRawBackend,
  type TestBackend,
} from '../fixture.ts';
import { oneListener, request, sClient, shakeHands, startTlsGateway } from './fixture.ts';

const withHttp2 = { ...oneListener, enableHttp2: true } as const;

function startBefore(backend: TestBackend, options: Options = {}): Promise<Emulator> {
  return startTlsGateway({ spec: withHttp2 }, { backends: { '10.0.0.4': `127.0.0.1:${backend.port}` }, ...options });
}

function open(gateway: Emulator): ClientHttp2Session {
  const session = connect(`https://localhost:${portOfListener(gateway)}`, { rejectUnauthorized: false, ca: [] });
  session.on('error', () => undefined);
  onTestFinished(() => session.destroy());
  return session;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

async function ask(session: ClientHttp2Session, headers: OutgoingHttpHeaders, body?: Buffer): Promise<Answer> {
  const stream = session.request({ ':path': '/x', ...headers }, { endStream: body === undefined });
  const answered = once(stream, 'response');
  if (body !== undefined) stream.end(body);
  const [head] = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return { status: head[':status'], headers: head, body: Buffer.concat(chunks) };
}

/** Tells what it was asked. */
function mirror(): Promise<TestBackend> {
  return startBackend((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method, url, httpVersion, rawHeaders } = incoming;
      const body = Buffer.concat(chunks).toString();
      outgoing.end(JSON.stringify({ method, url, httpVersion, rawHeaders, body, trailers: incoming.trailers }));
    });
  });
}

test('clients choose HTTP/2 or HTTP/1.1 where it is enabled, and get HTTP/1.1 where it is not', async () => {
  const enabled = await startTlsGateway({ spec: withHttp2 });
  expect(await sClient(enabled, '-alpn', 'h2,http/1.1')).toContain('ALPN protocol: h2');
  expect(await sClient(enabled, '-alpn', 'http/1.1')).toContain('ALPN protocol: http/1.1');
  const disabled = await startTlsGateway({ spec: oneListener });
  expect(await sClient(disabled, '-alpn', 'h2,http/1.1')).toContain('ALPN protocol: http/1.1');
  const socket = await shakeHands(enabled);
  expect(await request(socket, ['GET / HTTP/1.1', 'Host: a'])).toMatch(/^HTTP\/1.1 200 OK/);
});

test('a request is one of HTTP/1.1 for the backend: Host, one cookie, no pseudo headers', async () => {
  const gateway = await startBefore(await mirror());
  const answer = await ask(open(gateway), {
    ':authority': 'shop.test:8443',
    ':path': '/a%20b?c=d',
    cookie: ['a=1', 'b=2'],
    'x-own': 'yes',
    te: 'trailers',
  });
  const seen = JSON.parse(answer.body.toString());
  expect(seen).toMatchObject({ method: 'GET', url: '/a%20b?c=d', httpVersion: '1.1' });
  const lines = new Map<string, string>();
  for (let at = 0; at < seen.rawHeaders.length; at += 2)
    lines.set(seen.rawHeaders[at].toLowerCase(), seen.rawHeaders[at + 1]);
  expect(Object.fromEntries(lines)).toMatchObject({
    host: 'shop.test:8443',
    cookie: 'a=1; b=2',
    'x-own': 'yes',
    'x-forwarded-proto': 'https',
    'x-original-host': 'shop.test:8443',
  });
  expect([...lines.keys()].filter((name) => name.startsWith(':') || name === 'te')).toEqual([]);
  expect(gateway.requests()[0]?.request.httpVersion).toBe('2.0');
});

test('an answer loses what concerns one connection, keeps its cookies apart, and joins other lines', async () => {
  const backend = await startRawBackend((socket) =>
    socket.end(
      'HTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nVary: A\r\nVary: B\r\nX-Case: Yes\r\nConstructor: me\r\n\r\nbody',
    ),
  );
  const { status, headers, body } = await ask(open(await startBefore(backend)), {});
  expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'body' });
  expect(headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], vary: 'A, B', 'x-case': 'Yes', constructor: 'me' });
  expect(Object.keys(headers).filter((name) => ['connection', 'keep-alive', 'x-hop'].includes(name))).toEqual([]);
});

test.each([
  ['with its length', { 'content-length': 3 }, 3],
  ['without its length', {}, 3],
  ['that is large with its length', { 'content-length': 3_000_000 }, 3_000_000],
  ['that is large without its length', {}, 3_000_000],
])('a body comes %s', async (_name, headers, bytes) => {
  const gateway = await startBefore(await mirror());
  const body = Buffer.alloc(bytes, 'abc');
  const answer = await ask(open(gateway), { ':method': 'POST', ...headers }, body);
  const seen = JSON.parse(answer.body.toString());
  expect([seen.method, seen.body === body.toString()]).toEqual(['POST', true]);
});

test('a POST that ends with its head has an empty body', async () => {
  const answer = await ask(open(await startBefore(await mirror())), { ':method': 'POST' });
  expect(JSON.parse(answer.body.toString())).toMatchObject({ method: 'POST', body: '' });
});

test('HEAD has the headers of GET and no body', async () => {
  const backend = await startBackend((_incoming, outgoing) => outgoing.writeHead(200, { 'Content-Length': 5 }).end());
  const { status, headers, body } = await ask(open(await startBefore(backend)), { ':method': 'HEAD' });
  expect([status, headers['content-length'], body.length]).toEqual([200, '5', 0]);
});

test('a request with a body is recorded with the status of its answer', async () => {
  const gateway = await startBefore(await mirror());
  const told = gateway.events.next('request');
  await ask(open(gateway), { ':method': 'POST' }, Buffer.from('abc'));
  const [record] = await told;
  expect([record.status, record.errorInfo]).toEqual([200, 'ERRORINFO_NO_ERROR']);
});

// NGINX, which v2 is made of, drops trailers of both sides.
test('trailers of either side end the message and are dropped', async () => {
  const backend = await startRawBackend((socket) =>
    socket.end(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 1\r\n\r\n',
    ),
  );
  const answer = await ask(open(await startBefore(backend)), {});
  expect(answer.body.toString()).toBe('hi');
  const session = open(await startBefore(await mirror()));
  const stream = session.request({ ':method': 'POST', ':path': '/x' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '1' }));
  stream.end('abc');
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(JSON.parse(text)).toMatchObject({ body: 'abc', trailers: {} });
});

test('large bodies pass unchanged both ways, and slow readers hold the sender back', async () => {
  const sent = randomBytes(12 * 1024 * 1024);
  const backend = await startBackend((incoming, outgoing) => {
    incoming.pipe(outgoing);
  });
  const gateway = await startBefore(backend, {
    globalConfiguration: { enableRequestBuffering: false, enableResponseBuffering: false },
  });
  const stream = open(gateway).request({ ':method': 'POST', ':path': '/x' });
  let written = 0;
  const step = 64 * 1024;
  const write = () => {
    while (written < sent.length) {
      const isTaken = stream.write(sent.subarray(written, written + step));
      written += step;
      if (!isTaken) return;
    }
    stream.end();
  };
  stream.on('drain', write);
  write();
  await once(stream, 'response');
  // Nobody reads yet: what fits into the buffers on the way is far less than the body.
  expect(written).toBeLessThan(sent.length);
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
});

test('a client that gives a stream up lets the backend go, and the connection stays', async () => {
  let isClosed: Promise<unknown> = Promise.resolve();
  const backend = await startBackend((incoming, outgoing) => {
    if (incoming.url !== '/slow') outgoing.end('fine');
    else {
      outgoing.write('x');
      isClosed = once(outgoing, 'close');
    }
  });
  const gateway = await startBefore(backend, { globalConfiguration: { enableResponseBuffering: false } });
  const logged = new Promise((resolve) => gateway.events.on('request', ({ status }) => resolve(status)));
  const session = open(gateway);
  const stream = session.request({ ':path': '/slow' });
  await once(stream, 'response');
  stream.close(constants.NGHTTP2_CANCEL);
  await isClosed;
  expect(await logged).toBe(499);
  expect((await ask(session, {})).body.toString()).toBe('fine');
});

test('a backend that breaks off resets the stream alone', async () => {
  const backend = await startRawBackend((socket, head) =>
    head.startsWith('GET /broken')
      ? socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')
      : socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine'),
  );
  const session = open(await startBefore(backend));
  const stream = session.request({ ':path': '/broken' });
  stream.on('error', () => undefined).resume();
  await new Promise((resolve) => stream.once('close', resolve));
  expect(stream.rstCode).toBe(constants.NGHTTP2_INTERNAL_ERROR);
  expect((await ask(session, {})).body.toString()).toBe('fine');
});

test('what HTTP/2 cannot carry ends its stream alone', async () => {
  const backend = await startRawBackend((socket, head) =>
    socket.end(
      `HTTP/1.1 ${head.startsWith('GET /odd') ? 999 : 200} Odd\r\nHTTP2-Settings: x\r\nContent-Length: 4\r\n\r\nfine`,
    ),
  );
  const session = open(await startBefore(backend));
  const stream = session.request({ ':path': '/odd' });
  stream.on('error', () => undefined).resume();
  await new Promise((resolve) => stream.once('close', resolve));
  expect(stream.rstCode).toBe(constants.NGHTTP2_INTERNAL_ERROR);
  expect((await ask(session, {})).body.toString()).toBe('fine');
});

test('the gateway answers by itself as over HTTP/1.1', async () => {
  const gateway = await startTlsGateway({ spec: { ...withHttp2, pools: { web: [] } } });
  const { status, headers, body } = await ask(open(gateway), {});
  expect([status, headers['content-type'], headers['server']]).toEqual([
    502,
    'text/html',
    'Microsoft-Azure-Application-Gateway/v2',
  ]);
  expect(body.toString()).toContain('<title>502 Bad Gateway</title>');
});

// https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits
test.each([
  ['a field of 8 KB', { 'x-large': 'a'.repeat(8 * 1024) }, 400],
  ['a field that is a little smaller', { 'x-large': 'a'.repeat(8 * 1024 - 16) }, 200],
  ['16 KB altogether', { a: 'a'.repeat(8000), b: 'b'.repeat(8000), c: 'c'.repeat(500) }, 400],
  ['15 KB altogether', { a: 'a'.repeat(8000), b: 'b'.repeat(7000) }, 200],
])('%s: %#', async (_name, headers, status) => {
  const answer = await ask(open(await startBefore(await mirror())), headers);
  expect(answer.status).toBe(status);
  if (status === 400) expect(answer.body.toString()).toContain('Request Header Or Cookie Too Large');
});

test('CONNECT is refused, and WebSockets over HTTP/2 as well', async () => {
  const session = open(await startBefore(await mirror()));
  const stream = session.request({ ':method': 'CONNECT', ':authority': 'a:1' });
  const [head] = await once(stream, 'response');
  expect(head[':status']).toBe(400);
  expect(session.remoteSettings.enableConnectProtocol ?? false).toBe(false);
});

test('a connection takes so many requests and lies idle for so long', async () => {
  const backend = await mirror();
  const limits = { http2: { requestsPerConnection: 3, idleMilliseconds: 60_000 } };
  const session = open(await startBefore(backend, { limits }));
  const closed = once(session, 'close');
  const statuses = await Promise.all([ask(session, {}), ask(session, {}), ask(session, {})]);
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200]);
  await closed;
  const idle = open(
    await startBefore(backend, { limits: { http2: { requestsPerConnection: 1000, idleMilliseconds: 20 } } }),
  );
  await once(idle, 'close');
});

// https://learn.microsoft.com/azure/application-gateway/http-response-codes
test.each([
  ['buffered', true],
  ['passed on as it comes', false],
])('a body that is %s and does not come to its end in time is answered with 408', async (_name, isBuffered) => {
  const gateway = await startBefore(await mirror(), {
    limits: { requestMilliseconds: 50 },
    globalConfiguration: { enableRequestBuffering: isBuffered },
  });
  const session = open(gateway);
  const stream = session.request({ ':method': 'POST', ':path': '/x' });
  stream.on('error', () => undefined);
  stream.write('a');
  const [head] = await once(stream, 'response');
  expect(head[':status']).toBe(408);
  stream.resume();
  await new Promise((resolve) => stream.once('close', resolve));
  expect(gateway.requests()[0]).toMatchObject({ status: 408, errorInfo: 'ERRORINFO_CLIENT_TIMED_OUT' });
  // The connection and its other streams go on.
  expect((await ask(session, {})).status).toBe(200);
});

// https://github.com/MicrosoftDocs/azure-docs/issues/125591
test('HTTP/2 without TLS is refused: an upgrade with 403, the preface with 400', async () => {
  const gateway = await startTlsGateway({
    spec: { rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4'] }, enableHttp2: true },
  });
  const upgrade =
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\n\r\n';
  expect(await exchangeBytes(portOfListener(gateway), upgrade)).toMatch(/^HTTP\/1.1 403 Forbidden/);
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  expect(await exchangeBytes(portOfListener(gateway), preface)).toMatch(/^HTTP\/1.1 400 Bad Request/);
});

test('dispose lets a request in flight finish and closes the connection', async () => {
  let answer: () => void = () => undefined;
  const backend = await startBackend((_incoming, outgoing) => {
    answer = () => outgoing.end('done');
    outgoing.write('almost ');
  });
  const gateway = await startBefore(backend, { globalConfiguration: { enableResponseBuffering: false } });
  const session = open(gateway);
  const stream = session.request({ ':path': '/x' });
  await once(stream, 'response');
  const disposed = gateway.dispose();
  answer();
  let body = '';
  for await (const chunk of stream) body += String(chunk);
  expect(body).toBe('almost done');
  await disposed;
});

test('curl speaks HTTP/2 with it', async () => {
  const gateway = await startBefore(await mirror());
  const url = `https://localhost:${portOfListener(gateway)}/x`;
  const { stdout } = await promisify(execFile)('curl', ['-sk', '--http2', '-w', '\n%{http_version} %{http_code}', url]);
  expect(stdout).toMatch(/\n2 200$/);
});

test('h2load sends 100 streams on each of 10 connections without a failure', async () => {
  const gateway = await startTlsGateway({ spec: withHttp2 });
  const url = `https://localhost:${portOfListener(gateway)}/x`;
  const { stdout } = await promisify(execFile)('h2load', ['-n', '2000', '-c', '10', '-m', '100', url]);
  expect(stdout).toContain('2000 succeeded, 0 failed, 0 errored, 0 timeout');
  expect(stdout).toContain('Application protocol: h2');
}, 60_000);
