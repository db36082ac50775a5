import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { clientIdentity, openConnection } from '../../src/smoke/run/open-connection.ts';
import { authority, forClients, make } from '../certificates/pki.ts';

const root = make({ subject: '/O=Contoso/CN=Root', extensions: authority });
const client = make({ subject: '/O=Contoso/CN=client', issuer: root, extensions: forClients });

/** A server that tells the name it was asked for, and whose certificate it was shown. */
async function startServer() {
  const seen: { serverName: string | false | null; subject: string | undefined }[] = [];
  const server = createServer({ cert: root.cert, key: root.key, requestCert: true, rejectUnauthorized: false });
  const answered = new Promise<void>((resolve) => {
    server.on('secureConnection', (socket) => {
      const { CN } = socket.getPeerCertificate().subject ?? {};
      seen.push({ serverName: socket.servername, subject: [CN].flat()[0] });
      resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const listener = {
    name: 'https',
    protocol: 'Https',
    frontendPort: 443,
    hostNames: [],
    address: '127.0.0.1',
    port,
    url: `https://127.0.0.1:${port}`,
  } as const;
  return { listener, seen, answered };
}

test('shows the certificate of a test, from files beside it, and asks for the host of its URL', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'agate-client-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'client.pem'), client.cert);
  await writeFile(join(folder, 'client.key'), client.key);
  const { listener, seen, answered } = await startServer();
  const identity = await clientIdentity({ certificate: 'client.pem', key: 'client.key' }, folder);
  const socket = await openConnection(listener, 'shop.contoso.com', identity);
  await answered;
  socket.destroy();
  expect(seen).toEqual([{ serverName: 'shop.contoso.com', subject: 'client' }]);
});

test('an address is no server name', async () => {
  const { listener, seen, answered } = await startServer();
  const socket = await openConnection(listener, '203.0.113.7', await clientIdentity(undefined, '.'));
  await answered;
  socket.destroy();
  expect(seen).toEqual([{ serverName: false, subject: undefined }]);
});
