import { applyResponseRewrites } from '../rewrite/apply-response-rewrites.ts';
import { sameHeader } from '../rewrite/raw-headers.ts';
import type { RoutingTable } from './compile-routing-table.ts';
import { headersNamedByConnection, isHopByHop } from './hop-by-hop.ts';
import { withHost } from './request-host.ts';
import { parseRequestTarget } from './request-target.ts';
import type {
  AppliedRewrite,
  ClientRequest,
  DecisionTrace,
  ForwardOutcome,
  RawHeaders,
  ResponseHead,
  Route,
} from './route.ts';

export interface ClientResponse {
  readonly head: ResponseHead;
  readonly rewrites: readonly AppliedRewrite[];
}

export interface ClientResponseOptions {
  /** Whether the server agreed to another protocol (101): `Connection` and `Upgrade` then go on to the client. */
  readonly isUpgrade?: boolean;
  readonly trace?: DecisionTrace;
}

const noRewrites: readonly AppliedRewrite[] = [];

/**
 * The head of a server's response as the client gets it: without the headers of the server's connection, and with the
 * response side of the rewrites done. The gateway's own cookies have to be in it already, for rewrites see them.
 */
export function buildClientResponse(
  route: Route,
  outcome: ForwardOutcome,
  request: ClientRequest,
  response: ResponseHead,
  table: RoutingTable,
  options: ClientResponseOptions = {},
): ClientResponse {
  const headers = withoutHopByHop(response.headers, options.isUpgrade === true);
  const set = outcome.rewriteRuleSet === null ? undefined : table.rewriteRuleSets.get(outcome.rewriteRuleSet);
  if (set === undefined || table.gateway.sku.generation === 'v1') {
    return { head: { status: response.status, headers }, rewrites: noRewrites };
  }
  const target = parseRequestTarget(request.url);
  const context = {
    request: withHost(request, route.host),
    host: route.host ?? '',
    path: target?.path ?? request.url,
    query: target?.query ?? null,
    response,
  };
  const rewrites = applyResponseRewrites(set, context, headers, options.trace);
  return { head: { status: response.status, headers }, rewrites };
}

function withoutHopByHop(received: RawHeaders, isUpgrade: boolean): string[] {
  const named = headersNamedByConnection(received);
  const headers: string[] = [];
  for (let index = 0; index < received.length; index += 2) {
    const name = received[index] ?? '';
    const isOfUpgrade = isUpgrade && (sameHeader(name, 'connection') || sameHeader(name, 'upgrade'));
    if (!isOfUpgrade && (isHopByHop(name) || named.includes(name.toLowerCase()))) continue;
    headers.push(name, received[index + 1] ?? '');
  }
  return headers;
}
