import { constants } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { type ClientHello, readClientHello } from './client-hello.ts';
import { noteClientTls } from './client-tls.ts';
import type { ListenerTls, TlsSelection } from './listener-tls.ts';
import { cipherString } from './tls-policy.ts';

/** What becomes of a connection. */
export interface TlsFrontHandler {
  onSecure(socket: TLSSocket): void;
  onPlainText(socket: Socket): void;
  /** A listener could not be made ready, which is a mistake of ours. */
  onFault(error: unknown): void;
}

/** First byte of a TLS handshake. */
const handshakeByte = 0x16;
/** https://www.rfc-editor.org/rfc/rfc8446#section-6 */
const alerts = { handshakeFailure: 40, internalError: 80, unrecognizedName: 112 } as const;

/**
 * Ends TLS on connections that were accepted elsewhere. It reads what the client says first and hands the connection
 * to a TLS server of the listener that is meant: Node can change the certificate by server name, but neither protocol
 * versions and cipher suites nor whether it asks for a certificate (Node 20 to 24).
 */
export class TlsFront {
  readonly #handler: TlsFrontHandler;
  readonly #handshakeMilliseconds: number;
  #selection: TlsSelection;
  #servers = new WeakMap<ListenerTls, Promise<Server | null>>();
  /** Hellos of connections whose handshake goes on, by the client's address and port. */
  readonly #hellos = new Map<string, ClientHello>();

  constructor(selection: TlsSelection, handler: TlsFrontHandler, handshakeMilliseconds: number) {
    this.#selection = selection;
    this.#handler = handler;
    this.#handshakeMilliseconds = handshakeMilliseconds;
  }

  /** Secures connections in another way from the next one on. */
  use(selection: TlsSelection): void {
    this.#selection = selection;
    this.#servers = new WeakMap();
  }

  accept(socket: Socket): void {
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('error', destroyed);
    socket.setTimeout(this.#handshakeMilliseconds, () => socket.destroy());
    const onReadable = () => {
      const chunk: Buffer | null = socket.read();
      if (chunk === null) return;
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      const reading = bytes[0] === handshakeByte ? readClientHello(bytes) : 'plain';
      if (reading === 'incomplete') return;
      socket.off('readable', onReadable);
      socket.setTimeout(0);
      if (reading === 'plain') {
        this.#handler.onPlainText(socket);
        return;
      }
      socket.unshift(bytes);
      // What is malformed gets OpenSSL's answer, whichever listener gives it.
      this.#secure(socket, reading === 'malformed' ? null : reading).catch((error: unknown) => {
        this.#handler.onFault(error);
        refuse(socket, alerts.internalError);
      });
    };
    socket.on('readable', onReadable);
  }

  async #secure(socket: Socket, hello: ClientHello | null): Promise<void> {
    const listener = this.#selection.find(hello?.serverName ?? null);
    if (listener === null) {
      socket.resetAndDestroy();
      return;
    }
    // Where OpenSSL would speak of the protocol version, Azure says that the handshake failed.
    // https://learn.microsoft.com/azure/application-gateway/application-gateway-tls-version-retirement#error-information
    if (listener.policy.ciphers.length === 0 || isOutdated(hello)) {
      refuse(socket, alerts.handshakeFailure);
      return;
    }
    // Azure disables a listener whose certificate it cannot use.
    // https://learn.microsoft.com/azure/application-gateway/disabled-listeners
    const server = await this.#serverFor(listener);
    if (server === null) refuse(socket, alerts.unrecognizedName);
    else if (!socket.destroyed) this.#handOver(socket, server, hello);
  }

  #handOver(socket: Socket, server: Server, hello: ClientHello | null): void {
    const key = keyOf(socket);
    if (hello !== null) {
      this.#hellos.set(key, hello);
      socket.once('close', () => this.#hellos.delete(key));
    }
    server.emit('connection', socket);
  }

  #serverFor(listener: ListenerTls): Promise<Server | null> {
    const known = this.#servers.get(listener);
    if (known !== undefined) return known;
    const server = this.#createServer(listener, this.#selection.protocols);
    this.#servers.set(listener, server);
    return server;
  }

  async #createServer(listener: ListenerTls, protocols: TlsSelection['protocols']): Promise<Server | null> {
    const identity = await listener.identity();
    if (identity === null) return null;
    const { policy, clientAuthentication } = listener;
    const server = createServer({
      ...identity,
      ALPNProtocols: [...protocols],
      minVersion: policy.minVersion,
      maxVersion: policy.maxVersion,
      ciphers: cipherString(policy),
      honorCipherOrder: true,
      dhparam: 'auto',
      handshakeTimeout: this.#handshakeMilliseconds,
      secureOptions: secureOptionsFor(clientAuthentication),
      requestCert: clientAuthentication !== null,
      rejectUnauthorized: false,
      ca: clientAuthentication?.chains.flat().map((certificate) => certificate.toString()) ?? [],
    });
    server.on('secureConnection', (socket) => this.#onSecure(socket, listener));
    server.on('OCSPRequest', (certificate, issuer: Buffer | null, done) => {
      // The types of Node 20 leave out that there may be nothing to say.
      const answer = done as (error: Error | null, response: Buffer | null) => void;
      answer(null, issuer === null ? null : listener.staple(certificate, issuer));
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }

  async #onSecure(socket: TLSSocket, listener: ListenerTls): Promise<void> {
    const key = keyOf(socket);
    const hello = this.#hellos.get(key);
    this.#hellos.delete(key);
    // While a responder is asked nobody else listens.
    socket.on('error', destroyed);
    try {
      await noteClientTls(socket, listener, hello);
      if (!socket.destroyed) this.#handler.onSecure(socket);
    } catch (error) {
      this.#handler.onFault(error);
      socket.destroy();
    }
  }
}

/**
 * A client that renegotiates could change its certificate after it was checked; NGINX, which v2 is made of, forbids it.
 * A resumed session no longer knows the issuer that a responder has to be told.
 */
function secureOptionsFor(authentication: ListenerTls['clientAuthentication']): number {
  const { SSL_OP_NO_RENEGOTIATION, SSL_OP_NO_TICKET } = constants;
  return authentication?.revocation ? SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET : SSL_OP_NO_RENEGOTIATION;
}

function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

const tls12 = 0x0303;

function isOutdated(hello: ClientHello | null): boolean {
  return hello?.versions.every((version) => version < tls12) ?? false;
}

/** Ends a handshake before OpenSSL has a part in it. */
function refuse(socket: Socket, alert: number): void {
  const fatal = 2;
  socket.end(Buffer.from([0x15, 3, 3, 0, 2, fatal, alert]), () => socket.destroy());
}

/** A socket that fails closes, which is told where it matters. */
function destroyed(): void {}
