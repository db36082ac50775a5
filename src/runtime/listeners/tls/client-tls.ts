import type { TLSSocket } from 'node:tls';
import type { ClientTls } from '../../../routing/route.ts';
import { nameOfSuite } from './cipher-suites.ts';
import { checkClient } from './client-certificate.ts';
import type { ClientHello } from './client-hello.ts';
import { ja4Fingerprint } from './ja4-fingerprint.ts';
import type { ListenerTls } from './listener-tls.ts';

/** What requests on a connection tell of it. It is the same for all of them, and took some work to find out. */
const known = new WeakMap<TLSSocket, ClientTls>();

/** Notes the facts of a connection whose handshake is over; a responder may have to be asked first. */
export async function noteClientTls(
  socket: TLSSocket,
  { clientAuthentication, policy }: ListenerTls,
  hello: ClientHello | undefined,
): Promise<void> {
  const client = clientAuthentication === null ? null : await checkClient(socket, clientAuthentication);
  known.set(socket, {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    serverName: hello?.serverName ?? null,
    ...(hello === undefined ? {} : { offeredCiphers: hello.cipherSuites.map(nameOfSuite) }),
    ...(hello !== undefined && policy.tellsFingerprint ? { fingerprint: ja4Fingerprint(hello) } : {}),
    clientCertificate: client?.certificate ?? null,
    problem: client?.problem ?? null,
  });
}

export function clientTlsOf(socket: object): ClientTls | null {
  return known.get(socket as TLSSocket) ?? null;
}
