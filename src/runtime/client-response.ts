import type { Socket } from 'node:net';
import type { RawHeaders } from '../routing/route.ts';

/** What the gateway writes an answer to: Node's response for HTTP/1.1, one of ours for HTTP/2. */
export interface ClientResponse {
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  readonly writableFinished: boolean;
  /** False closes the connection after the answer; HTTP/2 ends connections in another way. */
  shouldKeepAlive: boolean;
  writeHead(status: number, reason: string, headers: string[]): unknown;
  flushHeaders(): void;
  /** False when the client is slower; `drain` tells when to go on. */
  write(chunk: Buffer): boolean;
  end(): unknown;
  end(body: string, encoding?: BufferEncoding): unknown;
  destroy(): unknown;
  on(event: 'close', listener: () => void): unknown;
  once(event: 'drain', listener: () => void): unknown;
}

/** The head of a request as it was read from a connection; Node's requests are such heads. */
export interface ArrivedHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion: string;
  readonly rawHeaders: RawHeaders;
  readonly socket: Socket;
}
