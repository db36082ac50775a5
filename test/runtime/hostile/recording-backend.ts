import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type CanonicalRequest, readCanonical } from './canonical-request.ts';

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A server that keeps every byte it is sent and answers each request that leaves no room for doubt. */
export class RecordingBackend {
  /** What was wrong with what the gateway sent. */
  readonly faults: string[] = [];
  readonly requests: CanonicalRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => this.#follow(socket));
  }

  static async start(): Promise<RecordingBackend> {
    const backend = new RecordingBackend();
    backend.#server.listen(0, '127.0.0.1');
    await once(backend.#server, 'listening');
    return backend;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  forget(): void {
    this.faults.length = 0;
    this.requests.length = 0;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #follow(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      try {
        const { requests, rest } = readCanonical(text);
        text = rest;
        for (const request of requests) this.#take(request, socket);
      } catch (fault) {
        this.faults.push(String(fault));
        socket.destroy();
      }
    });
  }

  #take(request: CanonicalRequest, socket: Socket): void {
    if (!isProbe(request)) this.requests.push(request);
    socket.write(answer);
  }
}

/** Probes carry no trace. */
function isProbe({ target, headers }: CanonicalRequest): boolean {
  return target === '/' && !headers.has('x-appgw-trace-id');
}
