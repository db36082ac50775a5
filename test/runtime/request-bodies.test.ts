import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SpooledBody } from '../../src/runtime/forwarding/spooled-body.ts';
import {
  ask,
  exchangeBytes,
  portOfListener,
  startBackend,
  startGateway,
  startGatewayBefore,
  startRawBackend,
} from './fixture.ts';

const mebibyte = 1024 * 1024;

function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Tells how it was told the length, and what arrived. */
const describeBody: RequestListener = (incoming, outgoing) => {
  const hash = createHash('sha256');
  incoming.on('data', (chunk: Buffer) => hash.update(chunk));
  incoming.on('end', () => outgoing.end(`${incoming.headers['content-length']} ${hash.digest('hex')}`));
};

// https://learn.microsoft.com/azure/application-gateway/proxy-buffers: the request is collected first.
test.each([
  ['of one byte', 1],
  ['that just fits into memory', mebibyte],
  ['that just does not', mebibyte + 1],
  ['of 20 MiB', 20 * mebibyte],
])('a body %s reaches the backend whole and with its length, in whatever way it came', async (_name, bytes) => {
  const body = randomBytes(bytes);
  const gateway = await startGatewayBefore([await startBackend(describeBody)]);
  for (const headers of [{ 'content-length': String(bytes) }, { 'transfer-encoding': 'chunked' }]) {
    const reply = await ask(gateway, '/upload', { method: 'POST', headers, body });
    expect(reply.body).toBe(`${bytes} ${hashOf(body)}`);
  }
  expect(gateway.requests()[0]?.receivedBytes).toBeGreaterThan(bytes);
});

test('a body in chunks that grows larger than the gateway takes is answered with 413, and its file is given up', async () => {
  const create = SpooledBody.create.bind(SpooledBody);
  const spy = vi.spyOn(SpooledBody, 'create').mockImplementation(() => create(2 * mebibyte));
  onTestFinished(() => spy.mockRestore());
  let asked = 0;
  const gateway = await startGatewayBefore([await startBackend(() => asked++)]);
  const headers = { 'transfer-encoding': 'chunked' };
  const body = randomBytes(3 * mebibyte);
  expect((await ask(gateway, '/upload', { method: 'POST', headers, body })).status).toBe(413);
  expect([gateway.requests()[0]?.errorInfo, asked]).toEqual(['ERRORINFO_INVALID_CONTENT_LENGTH', 0]);
});

test('without buffering a body is passed on as it came', async () => {
  const body = randomBytes(2 * mebibyte);
  const off = { globalConfiguration: { enableRequestBuffering: false } };
  const gateway = await startGatewayBefore([await startBackend(describeBody)], {}, off);
  const known = { 'content-length': String(body.length) };
  expect((await ask(gateway, '/x', { method: 'PUT', headers: known, body })).body).toBe(
    `${body.length} ${hashOf(body)}`,
  );
  const chunked = { 'transfer-encoding': 'chunked' };
  expect((await ask(gateway, '/x', { method: 'PUT', headers: chunked, body })).body).toBe(`undefined ${hashOf(body)}`);
});

/** Sends two mebibytes but for the last byte, and waits for what `reached` tells of the backend by then. */
async function sendAlmostAll(enableRequestBuffering: boolean) {
  let arrived: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const seen: string[] = [];
  const backend = await startBackend((incoming, outgoing) => {
    seen.push(incoming.url ?? '');
    if (incoming.url === '/upload') arrived();
    incoming.resume().on('end', () => outgoing.end());
  });
  const gateway = await startGatewayBefore([backend], {}, { globalConfiguration: { enableRequestBuffering } });
  const client = connect(portOfListener(gateway), '127.0.0.1');
  onTestFinished(() => void client.destroy());
  await once(client, 'connect');
  client.write(`PUT /upload HTTP/1.1\r\nHost: a\r\nContent-Length: ${2 * mebibyte}\r\n\r\n`);
  await new Promise((resolve) => client.write(Buffer.alloc(2 * mebibyte - 1), resolve));
  return { gateway, client, seen, reached };
}

test('with buffering a backend hears of a large request when all of it is there', async () => {
  const { gateway, client, seen, reached } = await sendAlmostAll(true);
  await ask(gateway, '/other');
  expect(seen).toEqual(['/other']);
  client.write('.');
  await reached;
});

test('without buffering it hears of it at once', async () => {
  const { reached } = await sendAlmostAll(false);
  await reached;
});

test('a client that leaves within a large body leaves nothing behind', async () => {
  const { gateway, client, seen } = await sendAlmostAll(true);
  const told = gateway.events.next('request');
  client.destroy();
  expect((await told)[0]).toMatchObject({
    status: 400,
    errorInfo: 'ERRORINFO_CLIENT_CLOSED_REQUEST',
    why: 'The client left before its request was complete.',
    attempts: [],
  });
  expect(seen).toEqual([]);
});

test('a second server gets a large body from its beginning', async () => {
  const broken = await startRawBackend((socket) => socket.destroy());
  const gateway = await startGatewayBefore([broken, await startBackend(describeBody)]);
  const body = randomBytes(3 * mebibyte);
  const reply = await ask(gateway, '/upload', { method: 'PUT', body });
  expect(reply.body).toBe(`${body.length} ${hashOf(body)}`);
  expect(gateway.requests()[0]?.attempts).toHaveLength(2);
});

test.each([
  ['buffering', true],
  ['no buffering', false],
])('with %s a body for which there is no server is answered, and the connection goes on', async (_name, isOn) => {
  const options = { unmapped: 'down', globalConfiguration: { enableRequestBuffering: isOn } } as const;
  const gateway = await startGateway({ rules: [{ pool: 'web' }] }, options);
  const upload = `PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: ${2 * mebibyte}\r\n\r\n${'x'.repeat(2 * mebibyte)}`;
  const text = await exchangeBytes(
    portOfListener(gateway),
    `${upload}GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
  );
  expect(text.match(/HTTP\/1\.1 502 /g)).toHaveLength(2);
});

test.each([
  ['with buffering', true],
  ['without it', false],
])('a server that answers before it has read everything is heard, %s', async (_name, isOn) => {
  const answered = new WeakSet<object>();
  const backend = await startRawBackend((socket) => {
    if (answered.has(socket)) return;
    answered.add(socket);
    socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno');
  });
  const gateway = await startGatewayBefore([backend], {}, { globalConfiguration: { enableRequestBuffering: isOn } });
  const reply = await ask(gateway, '/upload', { method: 'POST', body: Buffer.alloc(8 * mebibyte) });
  expect([reply.status, reply.body]).toEqual([413, 'no']);
});

test('a body that cannot be kept fails its request, which is told of, and the gateway goes on', async () => {
  const gateway = await startGatewayBefore([await startBackend(describeBody)]);
  const told = gateway.events.next('notice');
  vi.stubEnv('TMPDIR', join(tmpdir(), 'there-is-no-such-folder'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const body = randomBytes(2 * mebibyte);
  expect((await ask(gateway, '/x', { method: 'PUT', body })).status).toBe(500);
  expect((await told)[0].message).toContain('ENOENT');
  vi.unstubAllEnvs();
  expect((await ask(gateway, '/x', { method: 'PUT', body })).body).toBe(`${body.length} ${hashOf(body)}`);
});

test('a body in a file can be read by two at once, and not after it was given back', async () => {
  const body = await SpooledBody.create(mebibyte);
  const written = randomBytes(300_000);
  await body.append(written.subarray(0, 100_000));
  await body.append(written.subarray(100_000));
  const copies = await Promise.all([body.read().toArray(), body.read().toArray()]);
  expect(copies.map((chunks) => hashOf(Buffer.concat(chunks)))).toEqual([hashOf(written), hashOf(written)]);
  await body.dispose();
  await body.dispose();
  await expect(body.read().toArray()).rejects.toThrow('closed');
});
