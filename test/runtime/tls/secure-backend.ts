import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Made } from '../../certificates/pki.ts';

/** What a server saw of the other end of a connection. */
export interface SeenPeer {
  /** false without one. */
  readonly serverName: unknown;
  readonly hasCertificate: boolean;
  readonly isProbe: boolean;
}

/** An HTTPS server that notes who asks it. */
export async function startSecure(made: Made, chain: readonly Made[], options: ServerOptions = {}) {
  const seen: SeenPeer[] = [];
  const cert = [made, ...chain].map((each) => each.cert).join('');
  const server = createServer({ cert, key: made.key, ...options }, (incoming, outgoing) => {
    const socket = incoming.socket as TLSSocket & { readonly servername?: unknown };
    const isProbe = incoming.headers['x-appgw-trace-id'] === undefined;
    const hasCertificate = socket.getPeerX509Certificate() !== undefined;
    seen.push({ serverName: socket.servername, hasCertificate, isProbe });
    outgoing.end('secure');
  });
  server.on('upgrade', (_incoming, socket) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, seen };
}

/** A certificate as a template holds it. */
export function upload(made: Made) {
  const data = new X509Certificate(made.cert).raw.toString('base64');
  return { id: 'c', name: 'c', origin: { span: undefined, path: '' }, data, keyVaultSecretId: null };
}
