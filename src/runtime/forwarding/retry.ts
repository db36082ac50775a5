import type { Gateway } from '../../gateway/model.ts';
import type { BackendServer } from '../backends/backend-server.ts';
import type { Answer } from '../stages/stage.ts';
import { type BackendBody, type BackendFailure, isArriving } from './backend-transport.ts';
import type { Passage } from './forward.ts';

/** A request is tried twice, and then the gateway gives up. */
const maximumAttempts = 2;

/**
 * Whether a request that failed may be sent once more. One that never left may; one that may have had an effect may
 * not, and neither may one whose body is gone.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-troubleshooting-502#request-time-out
 */
export function mayTryAgain(
  { exchange }: Passage,
  failure: BackendFailure,
  body: BackendBody,
  attempts: number,
): boolean {
  if (attempts >= maximumAttempts || exchange.outgoing.destroyed) return false;
  if (failure.kind === 'connect') return !isArriving(body) || !body.readableDidRead;
  if (isArriving(body)) return false;
  return isIdempotent(exchange.record.request.method) || exchange.deployment.table.behaviour.retryNonIdempotent;
}

/** Those that NGINX, which v2 is made of, does not send again by itself. */
function isIdempotent(method: string): boolean {
  return method !== 'POST' && method !== 'PATCH' && method !== 'LOCK';
}

export function afterFailure(failure: BackendFailure, why: string): Answer {
  const errorInfo = failure.kind === 'connect' ? 'ERRORINFO_UPSTREAM_NO_LIVE' : 'ERRORINFO_UPSTREAM_CLOSED_CONNECTION';
  return { status: 502, errorInfo, why: `${why}; answering 502.` };
}

/** v1 answers a time-out with 502, v2 with 504. */
export function afterSilence(generation: Gateway['sku']['generation'], why: string): Answer {
  const status = generation === 'v1' ? 502 : 504;
  return { status, errorInfo: 'ERRORINFO_UPSTREAM_TIMED_OUT', why: `${why}; answering ${status}.` };
}

/** As messages name a server: `10.0.0.4:8080 (pool 'api')`. */
export function nameOf({ address, pool }: BackendServer): string {
  const host = address.address.includes(':') ? `[${address.address}]` : address.address;
  return `${host}:${address.port} (pool '${pool.name}')`;
}
