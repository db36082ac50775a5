import type { Socket } from 'node:net';
import { createSecureContext, createServer, type SecureContext, type TLSSocket } from 'node:tls';
import type { TlsIdentity } from '../../certificates/tls-identity.ts';

/** Which certificate a client is shown. */
export interface TlsIdentities {
  /** For clients that send no server name; null resets their connection. */
  readonly fallback: TlsIdentity | null;
  /** For a server name; null resets the connection. */
  find(serverName: string): Promise<TlsIdentity | null>;
}

/** Ends TLS on connections that were accepted elsewhere. */
export class TlsTermination {
  readonly #server = createServer({
    // HTTP/2 is not offered yet.
    ALPNProtocols: ['http/1.1'],
    // https://learn.microsoft.com/azure/application-gateway/application-gateway-tls-version-retirement
    minVersion: 'TLSv1.2',
    SNICallback: (serverName, callback) => {
      this.#contextFor(serverName).then((context) => {
        if (context === null) callback(new Error(`No listener has a certificate for '${serverName}'.`));
        else callback(null, context);
      }, callback);
    },
  });
  readonly #contexts = new WeakMap<TlsIdentity, SecureContext>();
  #identities: TlsIdentities;

  constructor(identities: TlsIdentities, onSecure: (socket: TLSSocket) => void) {
    this.#identities = identities;
    this.#server.on('secureConnection', onSecure);
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy());
    this.use(identities);
  }

  /** Shows other certificates from the next connection on. */
  use(identities: TlsIdentities): void {
    this.#identities = identities;
    const { fallback } = identities;
    if (fallback !== null) this.#server.setSecureContext({ cert: fallback.cert, key: fallback.key });
  }

  accept(socket: Socket): void {
    this.#server.emit('connection', socket);
  }

  async #contextFor(serverName: string): Promise<SecureContext | null> {
    const identity = await this.#identities.find(serverName);
    if (identity === null) return null;
    const known = this.#contexts.get(identity);
    if (known !== undefined) return known;
    const context = createSecureContext({ cert: identity.cert, key: identity.key, minVersion: 'TLSv1.2' });
    this.#contexts.set(identity, context);
    return context;
  }
}
