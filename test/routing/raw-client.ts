import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { firstHeader } from '../../src/rewrite/raw-headers.ts';
import type { ClientRequest, ResponseHead } from '../../src/routing/route.ts';
import type { Made } from '../certificates/pki.ts';
import { parseHeaders, renderHeaders } from './scripted-server.ts';

/**
 * Connects as the client that a request describes, with its server name, protocol version and cipher suite.
 *
 * @param certificate to show where the gateway asks for one
 */
export async function connectAs({ tls }: ClientRequest, port: number, certificate: Made | null): Promise<Socket> {
  if (tls === null) {
    const socket = connectPlain(port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }
  const socket = connectSecurely({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    maxVersion: 'TLSv1.2',
    ciphers: tls.cipher,
    ...certificate,
    ...(tls.serverName === null ? {} : { servername: tls.serverName }),
  });
  await once(socket, 'secureConnect');
  return socket;
}

/** Sends a request byte by byte as it is described, with as much body as its headers announce. */
export function sendRaw(socket: Socket, { method, url, rawHeaders }: ClientRequest): void {
  const isChunked = firstHeader(rawHeaders, 'transfer-encoding') !== undefined;
  const body = isChunked ? '0\r\n\r\n' : 'x'.repeat(Number(firstHeader(rawHeaders, 'content-length') ?? 0));
  socket.write(`${method} ${url} HTTP/1.1\r\n${renderHeaders(rawHeaders)}\r\n${body}`, 'latin1');
}

/** Reads the head of the final response; null when the connection is closed without one. */
export async function readHead(socket: Socket): Promise<ResponseHead | null> {
  let text = '';
  const closed = once(socket, 'close').then(() => null);
  for (;;) {
    const chunk = await Promise.race([once(socket, 'data'), closed]);
    if (chunk === null) return null;
    text += (chunk[0] as Buffer).toString('latin1').replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
    const end = text.indexOf('\r\n\r\n');
    if (end === -1) continue;
    const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
    return { status: Number(statusLine.split(' ')[1]), headers: parseHeaders(lines) };
  }
}
