import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../base/clock.ts';
import { defaultAnswer, type MockDirectives, parseDirectives } from './mock-directives.ts';
import { serveFolder } from './serve-folder.ts';

/** The pool member that a stand-in server stands for. */
export interface MockIdentity {
  readonly pool: string;
  readonly member: string;
  /** The port in the template. */
  readonly port: number;
}

/** A request that the gateway passed on, as it arrived. */
export interface ReceivedRequest {
  readonly identity: MockIdentity;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** What a stand-in shows instead of the description of the request. */
export interface MockShow {
  /** What it usually answers requests of the gateway with. */
  readonly answer?: MockDirectives;
  /** A folder whose files it serves. */
  readonly folder?: string;
}

/** Bodies are shown up to this size. */
const maximumShownBytes = 1024 * 1024;

/** Every request that the gateway passes on has it, and no probe has. */
const traceHeader = 'x-appgw-trace-id';

/**
 * A server that stands in for a pool member which is not on this machine: it tells what it received, echoes WebSocket
 * messages and answers probes.
 */
export class MockBackend {
  readonly identity: MockIdentity;
  /** What it answers requests of the gateway with; probes, WebSockets and what a request asks for are not concerned. */
  answer: MockDirectives;
  /** What it answers everything else with, which are probes. */
  probeStatus = defaultAnswer.status;
  /** What it answers when nobody wants it otherwise. */
  readonly usualAnswer: MockDirectives;
  /** Told of each request of the gateway, probes excepted. */
  onReceived: ((received: ReceivedRequest) => void) | null = null;
  readonly #server: Server;
  readonly #webSockets: WebSocketServer;
  readonly #clock: Clock;
  readonly #folder: string | null;
  #port = 0;

  private constructor(identity: MockIdentity, clock: Clock, { answer = defaultAnswer, folder }: MockShow) {
    this.identity = identity;
    this.usualAnswer = answer;
    this.answer = answer;
    this.#folder = folder ?? null;
    this.#clock = clock;
    // A gateway keeps connections for longer than Node's five seconds; closing them first would lose requests.
    this.#server = createServer({ keepAliveTimeout: 0, maxHeaderSize: 128 * 1024 }, (request, response) => {
      this.#answer(request, response).catch((fault: unknown) => tellFault(response, fault));
    });
    this.#webSockets = new WebSocketServer({ server: this.#server, perMessageDeflate: true });
    this.#webSockets.on('connection', (client, request) => {
      this.#tell(request, '');
      echo(client);
    });
    this.#webSockets.on('headers', (headers) => headers.push(`x-agate-backend: ${headerFor(identity)}`));
  }

  /** Starts one on a free port of the loopback interface. */
  static async start(identity: MockIdentity, clock: Clock, show: MockShow = {}): Promise<MockBackend> {
    const mock = new MockBackend(identity, clock, show);
    await mock.up();
    return mock;
  }

  /** Its port; kept when it goes down and comes up again. */
  get port(): number {
    return this.#port;
  }

  get isUp(): boolean {
    return this.#server.listening;
  }

  /** Accepts connections again. */
  async up(): Promise<void> {
    if (this.isUp) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: '127.0.0.1', port: this.#port, backlog: 4096 }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  /** Refuses connections and breaks those it has, as a server that loses its power. */
  async down(): Promise<void> {
    for (const client of this.#webSockets.clients) client.terminate();
    if (!this.isUp) return;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeAllConnections();
    await closed;
  }

  dispose(): Promise<void> {
    return this.down();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const otherwise = isFromGateway(request) ? this.answer : { ...defaultAnswer, status: this.probeStatus };
    const directives = parseDirectives(request.url ?? '/', otherwise);
    const body = await readBody(request);
    if (body === null) return;
    this.#tell(request, body);
    if ('message' in directives) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(`${directives.message}\n`);
      return;
    }
    if (directives.delayMilliseconds > 0) await this.#wait(directives.delayMilliseconds);
    if (response.destroyed) return;
    response.setHeader('x-agate-backend', headerFor(this.identity));
    const isUsual = directives === this.answer && directives.status === 200 && directives.body === null;
    if (this.#folder !== null && isUsual) await serveFolder(this.#folder, request, response);
    else this.#send(request, response, directives, body);
  }

  #send(request: IncomingMessage, response: ServerResponse, directives: MockDirectives, body: string): void {
    response.statusCode = directives.status;
    for (const [name, value] of directives.headers) response.appendHeader(name, value);
    if (directives.body !== null) {
      if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain');
      response.end(directives.body);
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(`${JSON.stringify(describeRequest(this.identity, request, body), null, 2)}\n`);
  }

  #tell(request: IncomingMessage, body: string): void {
    if (this.onReceived === null || !isFromGateway(request)) return;
    const { method = '', url = '', rawHeaders } = request;
    this.onReceived({ identity: this.identity, method, url, rawHeaders, body });
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(milliseconds, resolve);
    });
  }
}

function isFromGateway(request: IncomingMessage): boolean {
  return request.headers[traceHeader] !== undefined;
}

/** As the header `x-agate-backend` names it. What headers cannot hold of a name is percent-encoded. */
function headerFor({ pool, member, port }: MockIdentity): string {
  const name = `${pool}/${member.includes(':') ? `[${member}]` : member}:${port}`;
  // By way of UTF-8, since `encodeURIComponent` throws on half of a surrogate pair.
  return name.replace(/[^ -~]+/g, (text) => encodeURIComponent(Buffer.from(text).toString()));
}

/**
 * Answers may be asked for that Node.js refuses to send, such as trailers without chunks: that ends this one alone. A
 * response that Node.js has begun to make is of no use any more, hence the socket.
 */
function tellFault({ headersSent, socket }: ServerResponse, fault: unknown): void {
  const reason = fault instanceof Error ? fault.message : String(fault);
  const head = 'HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n';
  if (headersSent) socket?.destroy();
  else socket?.end(`${head}This answer cannot be sent: ${reason}.\n`);
}

function describeRequest({ pool, member, port }: MockIdentity, request: IncomingMessage, body: string) {
  const { method, url, headers, rawHeaders } = request;
  return { mock: true, pool, member, port, method, url, headers, rawHeaders, body, tls: null };
}

/** The body as text; null when the client left before it was complete. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (bytes < maximumShownBytes) chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8', 0, maximumShownBytes);
}

function echo(client: WebSocket): void {
  client.on('message', (data: RawData, isBinary: boolean) => client.send(data, { binary: isBinary }));
  // A client that breaks off is no fault of the server's.
  client.on('error', () => client.terminate());
}
