import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { exchangeBytes, portOfListener } from '../fixture.ts';
import { failedHandshake, oneListener, request, shakeHands, startTlsGateway } from './fixture.ts';

/** Settles when as many connections were closed as were opened, and at least one. */
function allGone(gateway: Emulator): Promise<void> {
  let open = 0;
  return new Promise((resolve) => {
    gateway.events.on('connection', (change) => {
      open += change === 'opened' ? 1 : -1;
      if (open === 0) resolve();
    });
  });
}

test('a client that does not finish its hello is let go after its time', async () => {
  const limits = { handshakeMilliseconds: 50 };
  const gateway = await startTlsGateway({ spec: oneListener }, { limits });
  const gone = allGone(gateway);
  const socket = connect(portOfListener(gateway), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1, 0]));
  await once(socket, 'close');
  await gone;
});

test.each([
  ['nothing', ''],
  ['half a hello', '\x16\x03\x01\x02\x00\x01\x00'],
])('a client that sends %s and leaves is forgotten', async (_name, text) => {
  const gateway = await startTlsGateway({ spec: oneListener });
  const gone = allGone(gateway);
  const socket = connect(portOfListener(gateway), '127.0.0.1');
  await once(socket, 'connect');
  socket.end(text, 'latin1');
  await gone;
});

test('a handshake that fails closes its connection', async () => {
  const gateway = await startTlsGateway({ spec: oneListener });
  const gone = allGone(gateway);
  const outdated = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  expect(await failedHandshake(gateway, outdated)).toBe('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE');
  await gone;
});

test('plain HTTP on a port for HTTPS is told so', async () => {
  const gateway = await startTlsGateway({ spec: oneListener });
  const answer = await exchangeBytes(portOfListener(gateway), 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request/);
  expect(answer).toContain('The plain HTTP request was sent to HTTPS port');
});

test('a hello that comes byte by byte is one all the same', async () => {
  const gateway = await startTlsGateway({ spec: oneListener });
  const slow = connect({ port: portOfListener(gateway), host: '127.0.0.1', noDelay: true });
  await once(slow, 'connect');
  const write = slow.write.bind(slow);
  let isFirst = true;
  slow.write = ((chunk: Buffer, ...rest: never[]) => {
    if (!isFirst) return write(chunk, ...rest);
    isFirst = false;
    for (const byte of chunk.subarray(0, -1)) write(Buffer.from([byte]));
    return write(chunk.subarray(-1), ...rest);
  }) as typeof slow.write;
  const socket = await shakeHands(gateway, { socket: slow });
  expect(await request(socket, ['GET / HTTP/1.1', 'Host: a'])).toMatch(/^HTTP\/1.1 200 OK/);
});

test('rewrites can tell what the client offered', async () => {
  const gateway = await startTlsGateway({ spec: oneListener });
  const socket = await shakeHands(gateway, {
    maxVersion: 'TLSv1.2',
    ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305',
  });
  await request(socket, ['GET / HTTP/1.1', 'Host: a']);
  const { tls } = gateway.requests()[0]?.request ?? {};
  expect(tls).toMatchObject({ cipher: 'ECDHE-RSA-AES128-GCM-SHA256', protocol: 'TLSv1.2', serverName: null });
  // OpenSSL of Node.js 20 adds the suite that stands for secure renegotiation, 0x00ff; newer ones do not.
  const offered = tls?.offeredCiphers?.filter((suite) => suite !== '0x00ff');
  expect(offered).toEqual(['ECDHE-RSA-AES128-GCM-SHA256', '0xcca8']);
});

test('a client cannot renegotiate', async () => {
  const gateway = await startTlsGateway({ spec: oneListener });
  const socket = await shakeHands(gateway, { maxVersion: 'TLSv1.2' });
  const refused = new Promise((resolve) => socket.renegotiate({}, resolve));
  const failed = once(socket, 'error');
  expect(await Promise.race([refused, failed.then(([error]) => error)])).toMatchObject({
    code: 'ERR_SSL_NO_RENEGOTIATION',
  });
});
