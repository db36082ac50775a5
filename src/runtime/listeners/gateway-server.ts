import { createServer as createHttpServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerToClientError, type ClientErrorAnswer, plainHttpOnTlsPort } from './client-errors.ts';
import { azureHttp2Limits, Http2Front, type Http2Handler, type Http2Limits } from './http2/http2-front.ts';
import type { TlsSelection } from './tls/listener-tls.ts';
import { TlsFront, type TlsFrontHandler } from './tls/tls-front.ts';
import { isWebSocketUpgrade, putBack } from './upgrade-request.ts';

/** What happens on one entry point's server. */
export interface ConnectionHandler extends Http2Handler {
  onConnection(change: 'opened' | 'closed'): void;
  onRequest(incoming: IncomingMessage, outgoing: ServerResponse): void;
  onUpgrade(incoming: IncomingMessage, outgoing: ServerResponse, socket: Duplex, head: Buffer): void;
  /** The client sent what is no request; returns the bytes to answer with. */
  onRefused(answer: ClientErrorAnswer, socket: Socket): string;
  /** A connection could not be secured because of a mistake of ours. */
  onFault(error: unknown): void;
}

export interface ServerLimits {
  /** How long a client may take to secure its connection. */
  readonly handshakeMilliseconds: number;
  /** How long a client may take to send a request. */
  readonly requestMilliseconds: number;
  /** How long a connection may lie idle between requests. */
  readonly keepAliveMilliseconds: number;
  readonly http2: Http2Limits;
}

/** https://learn.microsoft.com/azure/application-gateway/application-gateway-faq#what-is-keep-alive-timeout-and-tcp-idle-timeout */
export function limitsFor(generation: 'v1' | 'v2'): ServerLimits {
  return {
    handshakeMilliseconds: 60_000,
    requestMilliseconds: 60_000,
    keepAliveMilliseconds: generation === 'v1' ? 120_000 : 75_000,
    http2: azureHttp2Limits,
  };
}

/** Above Azure's 32 KB each for URL and headers, so that it can be told which of them is too large. */
const maximumHeadBytes = 1024 * 1024;

/** The server of one entry point. */
export class GatewayServer {
  readonly #http: Server;
  readonly #listening: NetServer;
  readonly #handler: ConnectionHandler;
  readonly #http2: Http2Front;
  readonly #tls: TlsFront | null;
  readonly #sockets = new Set<Socket>();

  /** @param handOver takes a connection away before anything was read from it; false leaves it here */
  constructor(
    handler: ConnectionHandler,
    limits: ServerLimits,
    selection: TlsSelection | null,
    handOver?: (socket: Socket) => boolean,
  ) {
    this.#handler = handler;
    this.#http = this.#createHttp(limits);
    this.#http2 = new Http2Front(handler, limits.http2, limits.requestMilliseconds);
    this.#tls = selection === null ? null : this.#createTls(selection, limits);
    this.#listening = this.#createListening(handOver);
  }

  /** Takes a connection that was accepted elsewhere, and of which nothing was read. */
  take(socket: Socket): void {
    this.#track(socket);
    if (this.#tls === null) this.#http.emit('connection', socket);
    else this.#tls.accept(socket);
    socket.resume();
  }

  /** @throws the error of Node when address or port cannot be had */
  async listen(address: string, port: number): Promise<{ address: string; port: number }> {
    await new Promise<void>((resolve, reject) => {
      this.#listening.once('error', reject);
      // A large backlog, so that a burst of clients is queued instead of refused.
      this.#listening.listen({ host: address, port, backlog: 4096 }, () => {
        this.#listening.off('error', reject);
        resolve();
      });
    });
    const bound = this.#listening.address();
    if (bound === null || typeof bound === 'string') throw new Error('The server has no address.');
    return { address: bound.address, port: bound.port };
  }

  /** Secures connections in another way from the next one on. */
  useTls(selection: TlsSelection): void {
    this.#tls?.use(selection);
  }

  /** Accepts no more connections, and closes those on which nothing is going on. */
  stopAccepting(): void {
    this.#listening.close();
    this.#http.closeIdleConnections();
    this.#http2.stopAccepting();
  }

  /** Closes connections that have become idle. */
  closeIdle(): void {
    this.#http.closeIdleConnections();
  }

  async dispose(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#listening.close(() => resolve());
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    // The HTTP server behind TLS listens nowhere itself, but has a timer that watches for slow clients.
    if (this.#http !== this.#listening) this.#http.close();
  }

  #createListening(handOver: ((socket: Socket) => boolean) | undefined): NetServer {
    if (handOver !== undefined) {
      return createNetServer({ noDelay: true, pauseOnConnect: true }, (socket) => {
        if (!handOver(socket)) this.take(socket);
      });
    }
    const listening =
      this.#tls === null ? this.#http : createNetServer({ noDelay: true }, (socket) => this.#tls?.accept(socket));
    return listening.on('connection', (socket: Socket) => this.#track(socket));
  }

  #track(socket: Socket): void {
    // One that was read on after an upgrade that is none comes a second time.
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    this.#handler.onConnection('opened');
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#handler.onConnection('closed');
    });
  }

  #createHttp(limits: ServerLimits): Server {
    const server = createHttpServer({
      maxHeaderSize: maximumHeadBytes,
      requestTimeout: limits.requestMilliseconds,
      headersTimeout: limits.requestMilliseconds,
      keepAliveTimeout: limits.keepAliveMilliseconds,
      connectionsCheckingInterval: Math.min(1000, limits.requestMilliseconds),
      // The gateway answers a request without Host itself, with Azure's body.
      requireHostHeader: false,
      noDelay: true,
    });
    server.on('request', (incoming, outgoing) => this.#onRequest(incoming, outgoing));
    // Node would answer other expectations than 100-continue with 417, which NGINX, of which v2 is made, does not know.
    server.on('checkExpectation', (incoming, outgoing) => this.#onRequest(incoming, outgoing));
    server.on('upgrade', (incoming, socket, head) => {
      // The connection's own clock, which Node sets for a client that is idle, is not for who waits here.
      (socket as Socket).setTimeout(0);
      inTurn(socket as Socket, () => this.#onUpgrade(incoming, socket, head));
    });
    server.on('connect', (_incoming, socket) => this.#refuseInTurn(connectRefused, socket as Socket));
    server.on('clientError', (error, socket) => {
      const answer = answerToClientError(error);
      if (answer === null) socket.destroy();
      else this.#refuseInTurn(answer, socket as Socket);
    });
    return server;
  }

  #createTls(selection: TlsSelection, limits: ServerLimits): TlsFront {
    const handler: TlsFrontHandler = {
      onSecure: (socket) => {
        if (socket.alpnProtocol === 'h2') this.#http2.accept(socket);
        else this.#http.emit('connection', socket);
      },
      // Who speaks plain HTTP here gets told so, as Azure does.
      onPlainText: (socket) => this.#refuse(plainHttpOnTlsPort, socket),
      onFault: (error) => this.#handler.onFault(error),
    };
    return new TlsFront(selection, handler, limits.handshakeMilliseconds);
  }

  #onRequest(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const socket = incoming.socket as TrackedSocket;
    socket[latestResponse] = outgoing;
    const asSent = socket[headersAsSent];
    if (asSent !== undefined) {
      incoming.rawHeaders = asSent;
      delete socket[headersAsSent];
    }
    this.#handler.onRequest(incoming, outgoing);
  }

  #onUpgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (socket.destroyed || !socket.writable) socket.destroy();
    else if (isWebSocketUpgrade(incoming)) this.#switch(incoming, socket, head);
    else this.#readOn(incoming, socket as TrackedSocket, head);
  }

  /** Only WebSocket makes a connection something else; any other request is one like all, whatever it asks for. */
  #readOn(incoming: IncomingMessage, socket: TrackedSocket, rest: Buffer): void {
    putBack(incoming, socket, rest);
    socket[headersAsSent] = incoming.rawHeaders;
    this.#http.emit('connection', socket);
    // Node reads from a connection it has accepted by itself; this one has begun to flow before.
    socket.resume();
  }

  /** Node leaves an upgrade without a response to write to: it gets one, so that it can be answered like any other. */
  #switch(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const outgoing = new ServerResponse(incoming);
    outgoing.shouldKeepAlive = false;
    outgoing.assignSocket(socket as Socket);
    socket.on('error', destroyed);
    socket.on('drain', () => outgoing.emit('drain'));
    outgoing.once('finish', () => (socket as Socket).destroySoon());
    this.#handler.onUpgrade(incoming, outgoing, socket, head);
  }

  #refuseInTurn(answer: ClientErrorAnswer, socket: TrackedSocket): void {
    // Nothing comes behind an answer that ends the connection.
    if (socket[latestResponse]?.writableEnded === true && !socket[latestResponse].shouldKeepAlive) return;
    const earlier = unanswered(socket);
    if (earlier !== null && !earlier.req.complete) this.#handler.onUnfinished(answer, earlier);
    else inTurn(socket, () => this.#refuse(answer, socket));
  }

  #refuse(answer: ClientErrorAnswer, socket: TrackedSocket): void {
    // What a client goes on sending after its answer is no request any more.
    const lingersFrom = socket[bytesAtAnswer];
    if (lingersFrom !== undefined) {
      if (socket.bytesRead - lingersFrom > lingerBytes) socket.destroy();
      return;
    }
    if (!socket.writable || socket.destroyed) {
      socket.destroy();
      return;
    }
    socket.on('error', destroyed);
    socket.end(this.#handler.onRefused(answer, socket));
    socket[bytesAtAnswer] = socket.bytesRead;
    linger(socket);
  }
}

/**
 * Reads on for a while and drops it, as NGINX does: a client that still sends would be reset by a connection that is
 * closed, and lose the answer. https://nginx.org/en/docs/http/ngx_http_core_module.html#lingering_close
 */
function linger(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), lingerMilliseconds);
  socket.once('close', () => clearTimeout(timer));
  socket.once('end', () => socket.destroy());
  socket.resume();
}

const lingerMilliseconds = 2000;
const lingerBytes = 4 * 1024 * 1024;

/** The response to the latest request on a connection. */
const latestResponse = Symbol('latest response');
/** How much a client had sent when it was refused; its connection is about to be closed. */
const bytesAtAnswer = Symbol('bytes at answer');
/** The header lines of a request that was put back into its connection without one of them. */
const headersAsSent = Symbol('headers as sent');

interface TrackedSocket extends Socket {
  [latestResponse]?: ServerResponse;
  [bytesAtAnswer]?: number;
  [headersAsSent]?: string[];
}

function unanswered(socket: TrackedSocket): ServerResponse | null {
  const latest = socket[latestResponse];
  return latest === undefined || latest.writableFinished || latest.destroyed ? null : latest;
}

/** An earlier request on the connection may still wait for its answer, which comes first. */
function inTurn(socket: TrackedSocket, act: () => void): void {
  const earlier = unanswered(socket);
  if (earlier === null) act();
  else earlier.once('close', act);
}

const connectRefused: ClientErrorAnswer = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_METHOD',
  why: 'The gateway is no forward proxy; it does not take CONNECT.',
};

/** A socket that fails closes, which is told where it matters. */
function destroyed(): void {}
