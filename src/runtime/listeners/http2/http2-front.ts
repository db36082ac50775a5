import {
  constants,
  type IncomingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { headersTooLarge, type RequestProblem } from '../../../routing/check-request.ts';
import type { ArrivedHead, ClientResponse } from '../../client-response.ts';
import { type ClientErrorAnswer, requestTimeout } from '../client-errors.ts';
import { Http2Response } from './http2-response.ts';
import { headTooLarge, namesTwoHosts, readRequestHead } from './request-head.ts';

export interface Http2Handler {
  /** @param problem why the request is refused; null when nothing is wrong with its head */
  onStream(head: ArrivedHead, body: Readable, outgoing: ClientResponse, problem: RequestProblem | null): void;
  /** The body of a request does not come to its end. */
  onUnfinished(answer: ClientErrorAnswer, outgoing: ClientResponse): void;
}

export interface Http2Limits {
  /** How long a connection may lie idle. */
  readonly idleMilliseconds: number;
  /** After how many requests a client has to make a new connection. */
  readonly requestsPerConnection: number;
}

/** https://learn.microsoft.com/azure/application-gateway/application-gateway-faq#what-is-keep-alive-timeout-and-tcp-idle-timeout */
export const azureHttp2Limits: Http2Limits = { idleMilliseconds: 180_000, requestsPerConnection: 1000 };

/** Above Azure's limits, so that what is too large gets an answer. */
const acceptedHeadBytes = 64 * 1024;
const acceptedHeaderLines = 1000;
/** NGINX's, which v2 is made of. */
const concurrentStreams = 128;

/** The types of Node 20 leave out the lines as they were sent. */
type OnStream = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  flags: number,
  rawHeaders: readonly string[],
) => void;

/** Speaks HTTP/2 on connections for which it was negotiated. */
export class Http2Front {
  readonly #handler: Http2Handler;
  readonly #limits: Http2Limits;
  readonly #requestMilliseconds: number;
  readonly #sessions = new Set<ServerHttp2Session>();

  /** @param requestMilliseconds how long a client may take to send a request */
  constructor(handler: Http2Handler, limits: Http2Limits, requestMilliseconds: number) {
    this.#handler = handler;
    this.#limits = limits;
    this.#requestMilliseconds = requestMilliseconds;
  }

  accept(socket: TLSSocket): void {
    const session = performServerHandshake(socket, {
      maxHeaderListPairs: acceptedHeaderLines,
      settings: {
        maxConcurrentStreams: concurrentStreams,
        maxHeaderListSize: acceptedHeadBytes,
        // WebSockets over HTTP/2 (RFC 8441) are refused, by a client that is told so and by Node otherwise.
        enableConnectProtocol: false,
      },
    });
    this.#sessions.add(session);
    let requests = 0;
    session.on('error', () => session.destroy());
    session.on('close', () => this.#sessions.delete(session));
    session.setTimeout(this.#limits.idleMilliseconds, () => session.close());
    const onStream: OnStream = (stream, _headers, flags, rawHeaders) => {
      requests++;
      this.#onStream(stream, flags, rawHeaders, socket);
      // Streams that are open go on to their end.
      if (requests >= this.#limits.requestsPerConnection) session.close();
    };
    session.on('stream', onStream);
  }

  /** Takes no more requests; connections close when theirs are answered. */
  stopAccepting(): void {
    for (const session of this.#sessions) session.close();
  }

  #onStream(stream: ServerHttp2Stream, flags: number, rawHeaders: readonly string[], socket: TLSSocket): void {
    const hasBody = (flags & constants.NGHTTP2_FLAG_END_STREAM) === 0;
    const head = readRequestHead(rawHeaders, hasBody, socket);
    const outgoing = new Http2Response(stream, head.method ?? '');
    if (hasBody) this.#watchBody(stream, outgoing);
    this.#handler.onStream(head, stream, outgoing, problemOf(head, rawHeaders));
  }

  /** Node watches over slow clients with HTTP/1.1 only. */
  #watchBody(stream: ServerHttp2Stream, outgoing: ClientResponse): void {
    const timer = setTimeout(() => this.#handler.onUnfinished(requestTimeout, outgoing), this.#requestMilliseconds);
    const isOver = () => clearTimeout(timer);
    stream.once('end', isOver).once('close', isOver);
  }
}

function problemOf(head: ArrivedHead, rawHeaders: readonly string[]): RequestProblem | null {
  if (head.method === 'CONNECT') {
    const why = 'The gateway is no forward proxy; it does not take CONNECT.';
    return { status: 400, errorInfo: 'ERRORINFO_INVALID_METHOD', why };
  }
  if (!methodOfNginx.test(head.method ?? '')) {
    const why = `'${head.method}' is no method; capital letters are right.`;
    return { status: 400, errorInfo: 'ERRORINFO_INVALID_METHOD', why };
  }
  const tooLarge = headTooLarge(rawHeaders);
  if (tooLarge !== null) return { ...headersTooLarge, why: tooLarge };
  return namesTwoHosts(rawHeaders) ? twoHosts : null;
}

/** What NGINX, which v2 is made of, takes for a method. Node refuses others for HTTP/1.1 only. */
const methodOfNginx = /^[A-Z_-]+$/;

const twoHosts: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_HOST',
  why: "The Host header names another host than ':authority'.",
};
