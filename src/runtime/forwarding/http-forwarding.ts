import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { notInSet } from '../../base/slot-set.ts';
import type { BackendAttempt } from '../../observability/request-record.ts';
import { fitHeaderValue } from '../../rewrite/raw-headers.ts';
import { buildBackendRequest } from '../../routing/backend-request.ts';
import { buildClientResponse } from '../../routing/client-response.ts';
import type { RawHeaders } from '../../routing/route.ts';
import type { BackendServer } from '../backends/backend-server.ts';
import { affinityCookies } from '../balancing/affinity.ts';
import type { Carrier, Exchange } from '../exchange.ts';
import { keepsAlive, sendAnswer } from '../send-answer.ts';
import type { Answer } from '../stages/stage.ts';
import type { BackendBody, BackendCall, BackendFailure } from './backend-transport.ts';
import { ClientWriter } from './client-writer.ts';
import type { Passage } from './forward.ts';
import type { Watched } from './idle-wheel.ts';
import { afterFailure, afterSilence, mayTryAgain, nameOf } from './retry.ts';
import type { TunnelTraffic, UpgradeReceiver } from './upgrade-bridge.ts';

/** One request between client and backend: sends it, tries a second server where Azure does, streams the response. */
export class HttpForwarding implements UpgradeReceiver, Watched, Carrier {
  slot = notInSet;
  activeAt = 0;
  readonly idleLimitMilliseconds: number;
  readonly #passage: Passage;
  readonly #body: BackendBody;
  readonly #receivedBytes: () => number;
  readonly #tried: BackendServer[] = [];
  #attempt: BackendAttempt | null = null;
  #call: BackendCall | null = null;
  #writer: ClientWriter | null = null;
  #waitsForDrain = false;

  constructor(passage: Passage, body: BackendBody, receivedBytes: () => number) {
    this.#passage = passage;
    this.#body = body;
    this.#receivedBytes = receivedBytes;
    this.idleLimitMilliseconds = passage.outcome.settings.requestTimeoutSeconds * 1000;
    passage.exchange.carrier = this;
  }

  start(server: BackendServer): void {
    const { exchange, route, outcome } = this.#passage;
    const { record, deployment, services } = exchange;
    this.activeAt = services.clock.elapsed();
    const attempt = openAttempt(server, this.activeAt);
    record.attempts.push(attempt);
    this.#attempt = attempt;
    this.#tried.push(server);
    server.state.openRequests++;
    const request = buildBackendRequest(route, outcome, record.request, server.address, deployment.table, {
      isUpgrade: this.#passage.isUpgrade,
    });
    record.sent = request;
    services.idleWheel.watch(this);
    this.#call = this.#passage.isUpgrade
      ? services.upgrades.send(exchange, server, request, this)
      : server.transport.send(request, this.#body, this, connectionOf(exchange));
  }

  onConnected(sourcePort: number | null): void {
    const now = this.#touch();
    if (this.#attempt === null) return;
    this.#attempt.connectedAt = now;
    this.#attempt.sourcePort = sourcePort;
  }

  /** Sending takes its time as well: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout */
  onProgress(): void {
    this.#touch();
  }

  onHead(status: number, reason: string, headers: RawHeaders): void {
    const { record, deployment, outgoing } = this.#passage.exchange;
    const { enableResponseBuffering } = deployment.table.gateway.globalConfiguration;
    const writer = new ClientWriter(outgoing, record, enableResponseBuffering);
    try {
      const clientHeaders = [...this.#takeHead(status, headers), 'Connection', this.#connection()];
      record.responseHeaders = clientHeaders;
      writer.writeHead(record.status, fitHeaderValue(reason), clientHeaders);
    } catch (error) {
      // Parsers let pass what Node (20 to 24) does not write, such as status 000.
      this.#call?.abort();
      this.onFailure({ kind: 'protocol', why: `answered with what is no answer: ${String(error)}`, wasReused: false });
      return;
    }
    this.#writer = writer;
  }

  onSwitched(headers: RawHeaders): RawHeaders {
    const { record } = this.#passage.exchange;
    record.upgraded = true;
    record.responseHeaders = this.#takeHead(101, headers);
    // From here on the connection's own idle clock runs.
    this.#passage.exchange.services.idleWheel.forget(this);
    return record.responseHeaders;
  }

  onTunnelClosed(traffic: TunnelTraffic): void {
    const { record, facts } = this.#passage.exchange;
    this.#close(null);
    record.receivedBytes = facts.headBytes + traffic.receivedBytes;
    record.sentBytes = traffic.sentBytes;
    record.why = traffic.why;
  }

  onData(chunk: Buffer): boolean {
    this.#touch();
    if (this.#writer === null || this.#writer.write(chunk)) return true;
    if (!this.#waitsForDrain) {
      this.#waitsForDrain = true;
      // A client that reads slowly is no silence of the backend.
      this.#passage.exchange.services.idleWheel.forget(this);
      this.#passage.exchange.outgoing.once('drain', () => this.#onDrain());
    }
    return false;
  }

  onEnd(): void {
    this.#close(null);
    this.#writer?.end();
  }

  onFailure(failure: BackendFailure): void {
    const server = this.#attempt?.server;
    if (server === undefined) return;
    const why = `Backend ${nameOf(server)} ${failure.why}`;
    this.#close(failure.why);
    if (this.#writer !== null) {
      this.#breakOff('ERRORINFO_UPSTREAM_CLOSED_CONNECTION', `${why} before its response was complete.`);
      return;
    }
    // A kept connection that the server had closed meanwhile says nothing about the server: it may be asked once more.
    const again = this.#isRepeatable(failure) ? (this.#nextServer() ?? (failure.wasReused ? server : null)) : null;
    if (again === null) this.#answer(afterFailure(failure, why));
    else this.start(again);
  }

  /** The client has left: the backend is let go at once. */
  cancel(): void {
    if (this.#attempt === null) return;
    this.#call?.abort();
    this.#close('was let go, for the client had left');
  }

  onIdle(): void {
    const { exchange, outcome } = this.#passage;
    const server = this.#attempt?.server;
    if (server === undefined) return;
    this.#call?.abort();
    const why = `Backend ${nameOf(server)} was silent for ${outcome.settings.requestTimeoutSeconds} s`;
    if (this.#attempt !== null) this.#attempt.status ??= 504;
    this.#close(`was silent for ${outcome.settings.requestTimeoutSeconds} s`);
    if (this.#writer !== null) {
      this.#breakOff('ERRORINFO_UPSTREAM_TIMED_OUT', `${why} before its response was complete.`);
      return;
    }
    const { generation } = exchange.deployment.table.gateway.sku;
    const failure: BackendFailure = { kind: 'closed', why, wasReused: false };
    const another = generation === 'v2' && this.#isRepeatable(failure) ? this.#nextServer() : null;
    if (another === null) this.#answer(afterSilence(generation, why));
    else this.start(another);
  }

  /** Records the head of the backend's response and returns the headers that the client gets. */
  #takeHead(status: number, headers: RawHeaders): RawHeaders {
    const { exchange, route, outcome, isUpgrade } = this.#passage;
    const { record, deployment } = exchange;
    const now = this.#touch();
    if (this.#attempt !== null) {
      this.#attempt.headAt = now;
      this.#attempt.status = status;
    }
    const received = { status, headers: this.#withAffinity(headers) };
    const { head, rewrites } = buildClientResponse(route, outcome, record.request, received, deployment.table, {
      isUpgrade: isUpgrade && status === 101,
    });
    record.status = head.status;
    record.responseRewrites = rewrites;
    record.firstByteMilliseconds = now - record.startedAtElapsed;
    return head.headers;
  }

  #connection(): string {
    return keepsAlive(this.#passage.exchange) ? 'keep-alive' : 'close';
  }

  #nextServer(): BackendServer | null {
    const { group, exchange } = this.#passage;
    return group.choose(exchange.record.request.clientIp, this.#tried);
  }

  #isRepeatable(failure: BackendFailure): boolean {
    return mayTryAgain(this.#passage, failure, this.#body, this.#tried.length);
  }

  #withAffinity(headers: RawHeaders): RawHeaders {
    const { outcome, affinity, exchange } = this.#passage;
    const server = this.#attempt?.server;
    if (!outcome.settings.cookieBasedAffinity || server === undefined || server.affinity === affinity) return headers;
    return [...headers, ...affinityCookies(server, exchange.deployment.table.gateway.sku.generation)];
  }

  #touch(): number {
    this.activeAt = this.#passage.exchange.services.clock.elapsed();
    return this.activeAt;
  }

  #onDrain(): void {
    this.#waitsForDrain = false;
    if (this.#attempt === null) return;
    this.#touch();
    this.#passage.exchange.services.idleWheel.watch(this);
    this.#call?.resume();
  }

  #breakOff(errorInfo: Answer['errorInfo'], why: string): void {
    const { record } = this.#passage.exchange;
    record.errorInfo = errorInfo;
    record.why = why;
    this.#writer?.truncate();
  }

  #answer(answer: Answer): void {
    sendAnswer(this.#passage.exchange, answer);
  }

  /** Ends the current attempt. */
  #close(failure: string | null): void {
    const { services, record, facts } = this.#passage.exchange;
    services.idleWheel.forget(this);
    if (this.#attempt === null) return;
    this.#attempt.endedAt = services.clock.elapsed();
    this.#attempt.failure = failure;
    this.#attempt.server.state.openRequests--;
    this.#attempt = null;
    record.receivedBytes = facts.headBytes + this.#receivedBytes();
  }
}

/** With HTTP/2 many requests share a connection, and what they arrive as is no request of Node's. */
function connectionOf({ incoming }: Exchange): Socket | null {
  return incoming instanceof IncomingMessage ? incoming.socket : null;
}

function openAttempt(server: BackendServer, startedAt: number): BackendAttempt {
  return {
    server,
    status: null,
    failure: null,
    startedAt,
    connectedAt: null,
    sourcePort: null,
    headAt: null,
    endedAt: null,
  };
}
