import {
  type AgentOptions,
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { createProxyServer } from 'http-proxy';
import { firstHeader } from '../../rewrite/raw-headers.ts';
import type { BackendRequest, RawHeaders } from '../../routing/route.ts';
import type { BackendServer } from '../backends/backend-server.ts';
import type { Exchange } from '../exchange.ts';
import type { BackendTls } from './backend-tls.ts';
import { type BackendCall, type BackendReceiver, type BackendTransport, describeFailure } from './backend-transport.ts';
import { CheckingAgent } from './checking-agent.ts';

/** Learns what comes of a request for another protocol: an ordinary response, or a switch and, later, its end. */
export interface UpgradeReceiver extends BackendReceiver {
  /** The server agreed; returns the headers that the client gets with its 101. */
  onSwitched(headers: RawHeaders): RawHeaders;
  onTunnelClosed(traffic: TunnelTraffic): void;
}

export interface TunnelTraffic {
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** For people: why the gateway cut the connection; null when client or server ended it. */
  readonly why: string | null;
}

/**
 * Carries WebSockets: the handshake as the gateway wants it, then bytes in both directions as they are.
 *
 * `http-proxy` makes the connection and joins the two sockets. What it does with a server that does not switch is
 * replaced here: it writes such an answer without back-pressure, hangs when it breaks off, sends chunks with a 304, and
 * closes the client's connection on an error that a second server could make good.
 */
export class UpgradeBridge {
  readonly #proxy = createProxyServer({ toProxy: true, prependPath: false, xfwd: false });
  /** One listener and a map, because a listener per request would hear of the requests of others as well. */
  readonly #calls = new WeakMap<IncomingMessage, UpgradeCall>();
  readonly #agents = new WeakMap<BackendServer, HttpAgent>();
  readonly #open = new Set<UpgradeCall>();

  constructor() {
    this.#proxy.on('proxyReqWs', (request, incoming) => this.#calls.get(incoming)?.prepare(request));
    // A client's connection that breaks off is told here as well, and would be thrown if nobody listened.
    this.#proxy.on('error', tunnelBroke);
  }

  /** Connections that are switched now. */
  get openTunnels(): number {
    return this.#open.size;
  }

  send(exchange: Exchange, server: BackendServer, request: BackendRequest, receiver: UpgradeReceiver): BackendCall {
    const { upgrade, record } = exchange;
    if (upgrade === null || !(upgrade.socket instanceof Socket)) throw new Error('The client asked for no upgrade.');
    const call = new UpgradeCall(upgrade.socket, server, request, receiver, this.#open);
    const incoming = reduced(upgrade.incoming, request);
    this.#calls.set(incoming, call);
    const { protocol, host, port } = server.target;
    // A second attempt must not put the client's first bytes back once more.
    const head = record.attempts.length > 1 ? undefined : upgrade.head;
    const options = { target: { protocol, host, port }, agent: this.#agentFor(server) };
    this.#proxy.ws(incoming, upgrade.socket, head, options, tunnelBroke);
    call.takeOver();
    return call;
  }

  /** Cuts the tunnels to one server, or all. */
  cut(why: string, to?: BackendTransport): void {
    for (const call of this.#open) {
      if (to === undefined || call.server.transport === to) call.cut(why);
    }
  }

  #agentFor(server: BackendServer): HttpAgent {
    const known = this.#agents.get(server);
    if (known !== undefined) return known;
    // A WebSocket server may close its half first and still read.
    const options = { keepAlive: false, allowHalfOpen: true };
    const agent = server.tls === null ? new HttpAgent(options) : secureAgent(options, server.tls);
    this.#agents.set(server, agent);
    return agent;
  }
}

function secureAgent(options: AgentOptions, { servername, checkPeer, ...tls }: BackendTls): HttpsAgent {
  const all = { ...options, ...tls, ...(servername === null ? {} : { servername }) };
  return checkPeer === undefined ? new HttpsAgent(all) : new CheckingAgent(all, checkPeer);
}

/**
 * A handshake with the headers that are looked at before {@link UpgradeCall.prepare} sets them all: Node names the
 * server of TLS by Host. Had it the client's, `Expect` would send them at once (Node 20 to 24).
 */
function reduced(incoming: IncomingMessage, { headers }: BackendRequest): IncomingMessage {
  const value = { upgrade: 'websocket', host: firstHeader(headers, 'host') ?? '' };
  return Object.create(incoming, { headers: { value } });
}

/** A socket that breaks closes the tunnel, which is told where that is noticed. */
function tunnelBroke(): void {}

/** One attempt to switch with one server. */
class UpgradeCall implements BackendCall {
  readonly server: BackendServer;
  readonly #client: Socket;
  readonly #request: BackendRequest;
  readonly #receiver: UpgradeReceiver;
  readonly #open: Set<UpgradeCall>;
  readonly #bytesBefore: { readonly read: number; readonly written: number };
  #outgoing: ClientRequest | null = null;
  #response: IncomingMessage | null = null;
  #tunnel: Socket | null = null;
  #isConnected = false;
  #isOver = false;
  #why: string | null = null;

  constructor(
    client: Socket,
    server: BackendServer,
    request: BackendRequest,
    receiver: UpgradeReceiver,
    open: Set<UpgradeCall>,
  ) {
    this.server = server;
    this.#client = client;
    this.#request = request;
    this.#receiver = receiver;
    this.#open = open;
    this.#bytesBefore = { read: client.bytesRead, written: client.bytesWritten };
  }

  resume(): void {
    this.#response?.resume();
  }

  abort(): void {
    this.#isOver = true;
    this.#outgoing?.destroy();
  }

  cut(why: string): void {
    this.#why ??= why;
    this.#client.destroy();
    this.#tunnel?.destroy();
  }

  /** Runs inside of `http-proxy`, after it has made its request and before it listens to it. */
  prepare(outgoing: ClientRequest): void {
    this.#outgoing = outgoing;
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    const { headers, path } = this.#request;
    for (let index = 0; index + 1 < headers.length; index += 2) {
      outgoing.appendHeader(headers[index] ?? '', headers[index + 1] ?? '');
    }
    outgoing.path = path;
    // `http-proxy` writes the headers it finds here; Node would have folded their names.
    outgoing.on('upgrade', (response) => {
      Object.defineProperty(response, 'headers', { value: toRecord(this.#receiver.onSwitched(response.rawHeaders)) });
    });
  }

  /** Runs when `http-proxy` has set its listeners: takes those for everything but the switch over. */
  takeOver(): void {
    const outgoing = this.#outgoing;
    if (outgoing === null) throw new Error('The request for an upgrade was not made.');
    outgoing.removeAllListeners('response').removeAllListeners('error');
    outgoing.on('socket', (socket) => {
      const event = 'encrypted' in socket ? 'secureConnect' : 'connect';
      socket.once(event, () => this.#onConnected(socket));
    });
    outgoing.on('response', (response) => this.#onResponse(response));
    outgoing.on('upgrade', (_response, socket) => this.#onTunnel(socket as Socket));
    outgoing.on('error', (error) => this.#fail(error));
  }

  #onConnected({ localPort }: Socket): void {
    this.#isConnected = true;
    if (!this.#isOver) this.#receiver.onConnected(localPort ?? null);
  }

  #onResponse(response: IncomingMessage): void {
    if (this.#isOver) return;
    this.#response = response;
    this.#receiver.onHead(response.statusCode ?? 502, response.statusMessage ?? '', response.rawHeaders);
    response.on('data', (chunk: Buffer) => {
      if (!this.#isOver && !this.#receiver.onData(chunk)) response.pause();
    });
    response.on('end', () => {
      if (this.#isOver) return;
      this.#isOver = true;
      this.#receiver.onEnd();
    });
    response.on('error', (error) => this.#fail(error));
  }

  #onTunnel(tunnel: Socket): void {
    this.#tunnel = tunnel;
    this.#open.add(this);
    // https://learn.microsoft.com/azure/application-gateway/application-gateway-websocket
    const seconds = this.server.settings.requestTimeoutSeconds;
    const onSilence = () => this.cut(`Nothing was sent in either direction for ${seconds} s.`);
    tunnel.setTimeout(seconds * 1000, onSilence);
    // Heard before the response hears of it, which is the end of the request's record.
    this.#client.prependOnceListener('close', () => this.#onClientClosed());
    // Joined by `pipe`, either socket would outlive the other when that breaks off instead of ending.
    tunnel.once('close', () => {
      this.#open.delete(this);
      // A client that never takes what is left for it would otherwise be waited for without end.
      this.#client.setTimeout(seconds * 1000, onSilence);
      this.#client.destroySoon();
    });
  }

  #onClientClosed(): void {
    this.#isOver = true;
    const { read, written } = this.#bytesBefore;
    this.#receiver.onTunnelClosed({
      receivedBytes: this.#client.bytesRead - read,
      sentBytes: this.#client.bytesWritten - written,
      why: this.#why,
    });
    // What the client said last may still be on its way.
    this.#tunnel?.destroySoon();
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#receiver.onFailure(describeFailure(error, this.#isConnected, false));
  }
}

function toRecord(headers: RawHeaders): OutgoingHttpHeaders {
  // No name of a header may be one that objects have anyway, such as `constructor`.
  const record: Record<string, string | string[]> = Object.create(null);
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    const former = record[name];
    record[name] = former === undefined ? value : [former, value].flat();
  }
  return record;
}
