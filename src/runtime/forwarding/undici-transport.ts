import type { IncomingHttpHeaders } from 'node:http';
import { TLSSocket } from 'node:tls';
import { buildConnector, type Dispatcher, Pool } from 'undici';
import { firstHeader } from '../../rewrite/raw-headers.ts';
import type { BackendRequest, RawHeaders } from '../../routing/route.ts';
import type { BackendTls } from './backend-tls.ts';
import type { BackendBody, BackendCall, BackendReceiver, BackendTransport } from './backend-transport.ts';
import { describeFailure } from './backend-transport.ts';
import { ReadBody } from './read-body.ts';
import { SpooledBody } from './spooled-body.ts';
import { type CurrentConnection, type TracedCall, type TracedOptions, tracedClients } from './traced-client.ts';

export interface UndiciTransportOptions {
  /** As `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** How long to wait for a connection. */
  readonly connectTimeoutMilliseconds: number;
  /** null for plain HTTP. */
  readonly tls: BackendTls | null;
  /** At most so many connections; as many as are needed unless set. */
  readonly connections?: number;
  /** How long an idle connection is kept; undici's default unless set. */
  readonly keepAliveMilliseconds?: number;
}

/** Keep-alive connections to one server, shared by all clients. */
export class UndiciTransport implements BackendTransport {
  readonly #options: UndiciTransportOptions;
  #pool: Pool;

  constructor(options: UndiciTransportOptions) {
    this.#options = options;
    this.#pool = poolFor(options);
  }

  send(request: BackendRequest, body: BackendBody, receiver: BackendReceiver): BackendCall {
    const call = new UndiciCall(receiver);
    const { path, method } = request;
    const headers = (body instanceof SpooledBody ? withLength(request.headers, body) : request.headers) as string[];
    const content = body instanceof SpooledBody ? body.read() : body;
    if (content instanceof ReadBody) content.onProgress = () => receiver.onProgress();
    const options: TracedOptions = { path, method, headers, body: content, call };
    this.#pool.dispatch(options, call);
    call.dispatched();
    return call;
  }

  cut(): void {
    if (this.#pool.destroyed) return;
    const former = this.#pool;
    this.#pool = poolFor(this.#options);
    void former.destroy();
  }

  async dispose(): Promise<void> {
    if (!this.#pool.destroyed) await this.#pool.destroy();
  }
}

function poolFor(options: UndiciTransportOptions): Pool {
  const connect = connectorFor(options);
  return new Pool(options.origin, {
    // The gateway's own idle clock watches requests: undici's would answer with its own idea of time.
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
    maxHeaderSize: 64 * 1024,
    connect,
    factory: tracedClients(connect),
    ...(options.connections === undefined ? {} : { connections: options.connections }),
    ...(options.keepAliveMilliseconds === undefined ? {} : { keepAliveTimeout: options.keepAliveMilliseconds }),
  });
}

/** undici knows the length of buffers, and sends what it reads from elsewhere in chunks unless a header tells. */
function withLength(headers: RawHeaders, { bytes }: SpooledBody): RawHeaders {
  return firstHeader(headers, 'content-length') === undefined ? [...headers, 'Content-Length', String(bytes)] : headers;
}

/** undici takes the server name from the Host header, the gateway from its settings. */
function connectorFor({ connectTimeoutMilliseconds: timeout, tls }: UndiciTransportOptions): buildConnector.connector {
  if (tls === null) return buildConnector({ timeout });
  const { servername, checkPeer, ...options } = tls;
  const connect = buildConnector({ timeout, ...options });
  return (target, callback) => {
    const named = servername === null ? target : { ...target, servername };
    if (checkPeer === undefined) connect(named, callback);
    else
      connect(
        named,
        checked(callback, (socket) => checkPeer(socket, named.servername ?? target.hostname)),
      );
  };
}

/** Passes a connection on only if there is nothing against its certificate. */
function checked(
  callback: buildConnector.Callback,
  check: (socket: TLSSocket) => Error | undefined,
): buildConnector.Callback {
  return (...result) => {
    const [, socket] = result;
    const fault = socket instanceof TLSSocket ? check(socket) : undefined;
    if (fault === undefined) {
      callback(...result);
      return;
    }
    socket?.destroy();
    callback(fault, null);
  };
}

/** Stands between undici's callbacks and the receiver. */
class UndiciCall implements Dispatcher.DispatchHandler, BackendCall, TracedCall {
  readonly #receiver: BackendReceiver;
  #controller: Dispatcher.DispatchController | null = null;
  #connection: CurrentConnection | null = null;
  #isOver = false;
  #isDispatching = true;
  #wasReused = false;

  constructor(receiver: BackendReceiver) {
    this.#receiver = receiver;
  }

  /** undici writes to an idle connection at once; a request that starts later had to wait for a new one. */
  dispatched(): void {
    this.#isDispatching = false;
  }

  takenBy(connection: CurrentConnection): void {
    this.#connection = connection;
  }

  resume(): void {
    this.#controller?.resume();
  }

  abort(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#controller?.abort(abandoned);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#wasReused = this.#isDispatching;
    // It waited for a connection and was given up meanwhile.
    if (this.#isOver) controller.abort(abandoned);
    else this.#receiver.onConnected(this.#connection?.sourcePort ?? null);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: IncomingHttpHeaders,
    reason = '',
  ): void {
    // Interim answers are between server and gateway.
    if (status < 200 || this.#isOver) return;
    this.#receiver.onHead(status, reason, textOf(controller.rawHeaders));
    // undici 7 misses the body that a Content-Length promises for a 304, which has none.
    if (status === 304) this.onResponseEnd();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    if (!this.#receiver.onData(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#receiver.onEnd();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // undici can report inside of `dispatch`, when the sender does not know of the call yet.
    const failure = describeFailure(error, this.#controller !== null, this.#wasReused);
    queueMicrotask(() => this.#receiver.onFailure(failure));
  }
}

const abandoned = new Error('The request was given up.');

function textOf(rawHeaders: Dispatcher.DispatchController['rawHeaders']): RawHeaders {
  if (!Array.isArray(rawHeaders)) return [];
  const headers = new Array<string>(rawHeaders.length);
  for (let index = 0; index < rawHeaders.length; index++) {
    const text = rawHeaders[index];
    headers[index] = typeof text === 'string' ? text : (text?.toString('latin1') ?? '');
  }
  return headers;
}
