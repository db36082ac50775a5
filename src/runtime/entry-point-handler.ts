import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { notInSet, SlotSet } from '../base/slot-set.ts';
import { RequestRecord } from '../observability/request-record.ts';
import { checkRequest, type RequestProblem } from '../routing/check-request.ts';
import type { EntryPoint } from '../routing/compile-routing-table.ts';
import type { ClientRequest } from '../routing/route.ts';
import type { ArrivedHead, ClientResponse } from './client-response.ts';
import type { Exchange, UpgradeStart } from './exchange.ts';
import type { ClientErrorAnswer } from './listeners/client-errors.ts';
import { versionProblem } from './listeners/client-version.ts';
import type { ConnectionHandler } from './listeners/gateway-server.ts';
import { clientTlsOf } from './listeners/tls/client-tls.ts';
import { runPipeline } from './pipeline.ts';
import type { RuntimeServices } from './runtime-services.ts';
import { renderAnswer, sendAnswer } from './send-answer.ts';
import { sentHeadBytes } from './sent-head-bytes.ts';
import { nextTraceId } from './trace-id.ts';

/** Turns what arrives at one entry point into exchanges, and follows each to its end. */
export class EntryPointHandler implements ConnectionHandler {
  readonly #key: string;
  readonly #services: RuntimeServices;
  readonly #open = new SlotSet<Exchange>();

  constructor(key: string, services: RuntimeServices) {
    this.#key = key;
    this.#services = services;
  }

  /** Requests that are not answered completely yet; tunnels, which have no end of their own, do not count. */
  get openRequests(): number {
    let count = 0;
    for (const { record } of this.#open.values()) if (!record.upgraded) count++;
    return count;
  }

  onConnection(change: 'opened' | 'closed'): void {
    this.#services.connectionChanged(change);
  }

  onRequest(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const problem = versionProblem(incoming.httpVersion);
    // Node hands over pipelined requests at once. The gateway takes them one by one, as they may build on each other;
    // a response has no socket before its turn has come.
    if (outgoing.socket !== null) this.#begin(incoming, incoming, outgoing, null, problem);
    else outgoing.once('socket', () => this.#begin(incoming, incoming, outgoing, null, problem));
  }

  onUpgrade(incoming: IncomingMessage, outgoing: ServerResponse, socket: Duplex, head: Buffer): void {
    this.#begin(incoming, incoming, outgoing, { incoming, socket, head });
  }

  onStream(head: ArrivedHead, body: Readable, outgoing: ClientResponse, problem: RequestProblem | null): void {
    this.#begin(head, body, outgoing, null, problem);
  }

  onRefused(answer: ClientErrorAnswer, socket: Socket): string {
    const { clock, deployment } = this.#services;
    const { gateway } = deployment.table;
    const entryPoint = deployment.entryPoints.get(this.#key);
    const rendered = renderAnswer(deployment, null, answer);
    const request = unreadableRequest(socket, entryPoint);
    const record = new RequestRecord(request, gateway, clock.now(), clock.elapsed());
    record.status = answer.status;
    record.errorInfo = answer.errorInfo;
    record.why = answer.why;
    record.responseHeaders = rendered.headers;
    const raw = renderRaw(rendered, new Date(clock.now()));
    record.sentBytes = Buffer.byteLength(raw);
    this.#services.finished(record);
    return raw;
  }

  onFault(error: unknown): void {
    this.#services.faulted('TLS', error);
  }

  onUnfinished(answer: ClientErrorAnswer, outgoing: ClientResponse): void {
    for (const exchange of this.#open.values()) {
      if (exchange.outgoing !== outgoing) continue;
      exchange.carrier?.cancel();
      outgoing.shouldKeepAlive = false;
      sendAnswer(exchange, answer);
    }
  }

  /** @param problem found already while the head was read */
  #begin(
    head: ArrivedHead,
    incoming: Readable,
    outgoing: ClientResponse,
    upgrade: UpgradeStart | null,
    problem: RequestProblem | null = null,
  ): void {
    const { clock, deployment } = this.#services;
    const entryPoint = deployment.entryPoints.get(this.#key);
    if (entryPoint === undefined) {
      // A deployment has just taken this entry point away.
      head.socket.destroy();
      return;
    }
    const request = readRequest(head, entryPoint, this.#services.clientIps);
    const found = checkRequest(request, deployment.table.gateway.sku.generation);
    const facts = problem === null ? found : { ...found, problem };
    const record = new RequestRecord(request, deployment.table.gateway, clock.now(), clock.elapsed());
    record.receivedBytes = facts.headBytes;
    const exchange: Exchange = {
      services: this.#services,
      deployment,
      entryPoint,
      facts,
      incoming,
      outgoing,
      upgrade,
      record,
      carrier: null,
      slot: notInSet,
    };
    this.#open.add(exchange);
    outgoing.on('close', () => this.#end(exchange));
    runPipeline(exchange);
  }

  /** The answer has been given, or the client has left. A tunnel goes on until it is closed. */
  #end(exchange: Exchange): void {
    const { outgoing, record, services } = exchange;
    if (!this.#open.delete(exchange)) return;
    if (!outgoing.writableFinished && !record.upgraded) {
      exchange.carrier?.cancel();
      if (record.errorInfo === 'ERRORINFO_NO_ERROR') {
        record.errorInfo = 'ERRORINFO_CLIENT_CLOSED_REQUEST';
        record.why = 'The client left before it had the whole answer.';
        record.status = record.gateway.sku.generation === 'v1' ? 0 : 499;
      }
    }
    // What a tunnel carried was counted where it was carried.
    if (outgoing.headersSent && !record.upgraded) {
      record.sentBytes += sentHeadBytes(record.status, record.responseHeaders);
    }
    record.totalMilliseconds = services.clock.elapsed() - record.startedAtElapsed;
    services.finished(record);
  }
}

function readRequest(
  head: ArrivedHead,
  entryPoint: EntryPoint,
  clientIps: ReadonlyMap<number, string> | undefined,
): ClientRequest {
  const { socket, httpVersion } = head;
  const clientPort = socket.remotePort ?? 0;
  return {
    method: head.method ?? '',
    url: head.url ?? '',
    httpVersion: httpVersion === '1.0' || httpVersion === '2.0' ? httpVersion : '1.1',
    scheme: entryPoint.protocol === 'Https' ? 'https' : 'http',
    rawHeaders: head.rawHeaders,
    clientIp: clientIps?.get(clientPort) ?? addressOf(socket),
    clientPort,
    serverPort: entryPoint.port,
    traceId: nextTraceId(),
    tls: clientTlsOf(socket),
  };
}

/** A record needs a request, even when none could be read. */
function unreadableRequest(socket: Socket, entryPoint: EntryPoint | undefined): ClientRequest {
  return {
    method: '',
    url: '',
    httpVersion: '1.1',
    scheme: entryPoint?.protocol === 'Https' ? 'https' : 'http',
    rawHeaders: [],
    clientIp: addressOf(socket),
    clientPort: socket.remotePort ?? 0,
    serverPort: entryPoint?.port ?? 0,
    traceId: nextTraceId(),
    tls: null,
  };
}

const mappedPrefix = '::ffff:';

/** IPv4 in its own form, also on a socket that takes both. */
function addressOf(socket: Socket): string {
  const address = socket.remoteAddress ?? '';
  return address.startsWith(mappedPrefix) ? address.slice(mappedPrefix.length) : address;
}

/** An answer as bytes, for a connection that has no response object. */
function renderRaw(answer: ReturnType<typeof renderAnswer>, now: Date): string {
  const lines = [`HTTP/1.1 ${answer.status} ${answer.reason}`];
  for (let index = 0; index + 1 < answer.headers.length; index += 2) {
    lines.push(`${answer.headers[index]}: ${answer.headers[index + 1]}`);
  }
  lines.push(`Date: ${now.toUTCString()}`, 'Connection: close', '', answer.body);
  return lines.join('\r\n');
}
