import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { BackendRequest, RawHeaders } from '../../routing/route.ts';
import type { SpooledBody } from './spooled-body.ts';

/** Carries requests to one server of a pool. */
export interface BackendTransport {
  /**
   * Sends a request; what comes of it is told to the receiver, at the earliest after this call has returned.
   *
   * @param client the connection that the request came over, when it carries one request at a time
   */
  send(request: BackendRequest, body: BackendBody, receiver: BackendReceiver, client: Socket | null): BackendCall;
  /** Cuts all connections; calls that are open fail, later ones get new connections. */
  cut(): void;
  /** Cuts all connections for good. */
  dispose(): Promise<void>;
}

/** A whole body, in memory or in a file, one that is still arriving, or none. */
export type BackendBody = Buffer | SpooledBody | Readable | null;

/** Whether a body can be sent only once, and is perhaps gone already. */
export function isArriving(body: BackendBody): body is Readable {
  return body instanceof Readable;
}

/** Learns what comes of a request: at most one head, then data, then either the end or a failure. */
export interface BackendReceiver {
  /** There is a connection, from this port of the gateway's, and the request is on its way. */
  onConnected(sourcePort: number | null): void;
  /** The server has taken a part of the body. */
  onProgress(): void;
  onHead(status: number, reason: string, headers: RawHeaders): void;
  /** False asks for a pause, until the call is resumed. */
  onData(chunk: Buffer): boolean;
  onEnd(): void;
  onFailure(failure: BackendFailure): void;
}

/** A request that was sent. */
export interface BackendCall {
  resume(): void;
  /** Gives the request up and closes its connection; the receiver hears nothing more. */
  abort(): void;
}

/** Why a server did not answer, or not to the end. */
export interface BackendFailure {
  /** `connect`: nothing was sent. `closed`: the connection broke off. `protocol`: the answer is not HTTP. */
  readonly kind: 'connect' | 'closed' | 'protocol';
  /** For people: what happened, without naming the server. */
  readonly why: string;
  /** Whether the connection had carried requests before: the server may have closed it while it lay idle. */
  readonly wasReused: boolean;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'reset the connection',
  EPIPE: 'closed the connection',
  ENOTFOUND: 'has a name that could not be resolved',
  EAI_AGAIN: 'has a name that could not be resolved',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ETIMEDOUT: 'did not accept a connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'did not accept a connection in time',
  UND_ERR_SOCKET: 'closed the connection',
};

/** Puts an error of Node or undici in words. */
export function describeFailure(error: Error, wasConnected: boolean, wasReused: boolean): BackendFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = reasons[code];
  if (!wasConnected) {
    return { kind: 'connect', why: reason ?? `could not be connected to: ${messageOf(error)}`, wasReused };
  }
  const isBroken = reason !== undefined || code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_INFO';
  if (isBroken) return { kind: 'closed', why: reason ?? 'closed the connection', wasReused };
  return { kind: 'protocol', why: `answered with something that is not HTTP: ${messageOf(error)}`, wasReused };
}

/** Node puts the failures of all addresses of a name into one error, which has no message of its own. */
function messageOf(error: Error): string {
  if (error instanceof AggregateError) return error.errors.map((each: unknown) => String(each)).join(', ');
  return error.message;
}
