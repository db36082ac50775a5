import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { readClientHello } from '../../../src/runtime/listeners/tls/client-hello.ts';

/** The first bytes that Node sends to a server. */
async function helloOf(servername: string, ciphers?: string): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = connect({ host: '127.0.0.1', port, servername, ...(ciphers === undefined ? {} : { ciphers }) });
  client.on('error', () => undefined);
  const [socket] = await once(server, 'connection');
  const [bytes] = await once(socket, 'data');
  socket.destroy();
  server.close();
  return bytes;
}

test('reads the server name and the suites that a client offers', async () => {
  const hello = readClientHello(await helloOf('shop.contoso.com', 'TLS_AES_128_GCM_SHA256:AES128-SHA'));
  expect(hello).toMatchObject({ serverName: 'shop.contoso.com' });
  if (typeof hello === 'string') throw new Error(hello);
  expect(hello.cipherSuites.slice(0, 2)).toEqual([0x1301, 0x002f]);
});

test('a client that names no server has none', async () => {
  expect(readClientHello(await helloOf(''))).toMatchObject({ serverName: null });
});

test('a hello is incomplete up to its last byte', async () => {
  const bytes = await helloOf('a.test');
  for (let length = 0; length < bytes.length; length++) {
    expect(readClientHello(bytes.subarray(0, length))).toBe('incomplete');
  }
  expect(readClientHello(bytes)).toMatchObject({ serverName: 'a.test' });
});

test('a hello may come in several records', async () => {
  const bytes = await helloOf('a.test');
  const message = bytes.subarray(5);
  const records = [message.subarray(0, 2), message.subarray(2, 100), message.subarray(100)].map((part) => {
    const header = Buffer.from([0x16, 3, 1, part.length >> 8, part.length & 0xff]);
    return Buffer.concat([header, part]);
  });
  expect(readClientHello(Buffer.concat(records))).toMatchObject({ serverName: 'a.test' });
});

test('a hello in thousands of records is not put together', async () => {
  const message = (await helloOf('a.test')).subarray(5);
  const records = [...message].map((byte) => Buffer.from([0x16, 3, 1, 0, 1, byte]));
  expect(readClientHello(Buffer.concat(records))).toBe('malformed');
});

const body = (...bytes: readonly number[]) => Buffer.from([0x16, 3, 1, 0, bytes.length, ...bytes]);

test.each([
  ['another message', body(2, 0, 0, 0)],
  ['an empty record', body()],
  ['a record of another kind', Buffer.from([0x17, 3, 3, 0, 1, 0])],
  ['a message that ends too early', body(1, 0, 0, 2, 3, 3)],
  ['a length beyond all reason', body(1, 0xff, 0xff, 0xff)],
])('%s is malformed', (_name, bytes) => {
  expect(readClientHello(bytes)).toBe('malformed');
});
