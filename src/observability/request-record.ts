import type { Gateway } from '../gateway/model.ts';
import type { ErrorInfo } from '../routing/error-info.ts';
import type { AppliedRewrite, ClientRequest, RawHeaders, Route } from '../routing/route.ts';
import type { BackendServer } from '../runtime/backends/backend-server.ts';

/** What was tried with one server of a pool. */
export interface BackendAttempt {
  readonly server: BackendServer;
  /** Status it answered with; null when it did not. */
  status: number | null;
  /** Why it failed, for people; null when it did not. */
  failure: string | null;
  /** Milliseconds since the request arrived, by the clock's `elapsed`. */
  readonly startedAt: number;
  /** When a connection was there; null when none was made. */
  connectedAt: number | null;
  /** The gateway's own port of that connection. */
  sourcePort: number | null;
  /** When the response's head had arrived. */
  headAt: number | null;
  endedAt: number | null;
}

/**
 * Everything that was decided and measured about one request. The stages fill it in; the access log, the requests API,
 * test expectations and the dashboard are all made from it once it is complete.
 */
export class RequestRecord {
  readonly request: ClientRequest;
  readonly gateway: Gateway;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt: number;
  /** The same moment on the clock that never runs backwards. */
  readonly startedAtElapsed: number;
  route: Route | null = null;
  readonly attempts: BackendAttempt[] = [];
  responseRewrites: readonly AppliedRewrite[] = [];
  /** Status the client was given; 0 when the connection was closed without an answer. */
  status = 0;
  errorInfo: ErrorInfo = 'ERRORINFO_NO_ERROR';
  /** For people: why the gateway answered by itself; null when a backend answered. */
  why: string | null = null;
  responseHeaders: RawHeaders = [];
  /** Path, query and Host that went to the backend; null when nothing did. */
  sent: { readonly path: string; readonly host: string } | null = null;
  receivedBytes = 0;
  /** Head and body, without the frames of chunks and of HTTP/2. */
  sentBytes = 0;
  /** Milliseconds from the request's arrival to the first byte of the answer; null when there was none. */
  firstByteMilliseconds: number | null = null;
  /** Milliseconds from the request's arrival to the end of its answer. */
  totalMilliseconds = 0;
  /** Which of the gateway's instances served it. */
  instance = 0;
  /** Whether the connection was handed over to another protocol. */
  upgraded = false;

  constructor(request: ClientRequest, gateway: Gateway, startedAt: number, startedAtElapsed: number) {
    this.request = request;
    this.gateway = gateway;
    this.startedAt = startedAt;
    this.startedAtElapsed = startedAtElapsed;
  }
}
