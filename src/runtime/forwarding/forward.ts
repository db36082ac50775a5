import { bodyTooLarge } from '../../routing/check-request.ts';
import type { ForwardOutcome, Route } from '../../routing/route.ts';
import type { BackendServer } from '../backends/backend-server.ts';
import { readAffinity } from '../balancing/affinity.ts';
import type { ServerGroup } from '../balancing/server-group.ts';
import type { Exchange } from '../exchange.ts';
import { sendAnswer, sendFault } from '../send-answer.ts';
import { type BackendBody, isArriving } from './backend-transport.ts';
import { HttpForwarding } from './http-forwarding.ts';
import { readRequestBody } from './request-body.ts';
import { BodyTooLarge } from './spooled-body.ts';

/** A request that a route sends to a backend, with what is needed to do so. */
export interface Passage {
  readonly exchange: Exchange;
  readonly route: Route;
  readonly outcome: ForwardOutcome;
  readonly group: ServerGroup;
  /** Value of the client's affinity cookie; null without one, or when the settings do not use it. */
  readonly affinity: string | null;
  /** Whether the client wants a WebSocket. */
  readonly isUpgrade: boolean;
}

/** Sends a request to a server of the route's pool and its response to the client. */
export function forward(exchange: Exchange): void {
  const { record, deployment } = exchange;
  const { route } = record;
  if (route === null || route.outcome.kind !== 'forward') throw new Error('Only routed requests can be passed on.');
  const { outcome } = route;
  const group = deployment.backends.groupFor(outcome);
  if (group === null) {
    answerNoServer(exchange, outcome, null);
    return;
  }
  const affinity = outcome.settings.cookieBasedAffinity
    ? readAffinity(record.request.rawHeaders, outcome.settings)
    : null;
  const passage: Passage = { exchange, route, outcome, group, affinity, isUpgrade: isWebSocket(exchange) };
  const { enableRequestBuffering } = deployment.table.gateway.globalConfiguration;
  readRequestBody(exchange, enableRequestBuffering, {
    onReady: (body, receivedBytes) => {
      if (!exchange.outgoing.destroyed) send(passage, body, receivedBytes);
    },
    onFailed: (error) => {
      if (error instanceof BodyTooLarge) sendAnswer(exchange, bodyTooLarge);
      else sendFault(exchange, 'forward', error);
    },
  });
}

/** The server is chosen when the body is there: much can happen while a large one arrives. */
function send(passage: Passage, body: BackendBody, receivedBytes: () => number): void {
  const { exchange, outcome, group, affinity } = passage;
  const server = firstServer(group, affinity, exchange.record.request.clientIp);
  if (server === null) {
    exchange.record.receivedBytes = exchange.facts.headBytes + receivedBytes();
    if (isArriving(body)) body.destroy();
    answerNoServer(exchange, outcome, group);
    return;
  }
  try {
    new HttpForwarding(passage, body, receivedBytes).start(server);
  } catch (error) {
    sendFault(exchange, 'forward', error);
  }
}

function answerNoServer(exchange: Exchange, outcome: ForwardOutcome, group: ServerGroup | null): void {
  const why = noServerReason(outcome, group);
  sendAnswer(exchange, { status: 502, errorInfo: 'ERRORINFO_UPSTREAM_NO_LIVE', why });
}

/** The server that the client is bound to, while it is available, or else the next one in turn. */
function firstServer(group: ServerGroup, affinity: string | null, clientIp: string): BackendServer | null {
  const bound = affinity === null ? null : group.named(affinity);
  return bound ?? group.choose(clientIp, []);
}

function isWebSocket({ upgrade, facts }: Exchange): boolean {
  return (
    upgrade !== null &&
    upgrade.incoming.method === 'GET' &&
    facts.upgrade !== null &&
    facts.upgrade.toLowerCase() === 'websocket'
  );
}

function noServerReason({ pool, loadDistributionPolicy, settings }: ForwardOutcome, group: ServerGroup | null): string {
  const source = loadDistributionPolicy?.name ?? pool?.name ?? '';
  if (group === null || group.servers.length === 0) return `Pool '${source}' has no members.`;
  const unresolved = group.servers.find(({ target }) => target.kind === 'unresolved');
  if (unresolved !== undefined && group.servers.every(({ target }) => target.kind === 'unresolved')) {
    return `The name '${unresolved.address.address}' in pool '${source}' could not be resolved to an address.`;
  }
  return `No server of pool '${source}' is healthy with backend settings '${settings.name}'.`;
}
