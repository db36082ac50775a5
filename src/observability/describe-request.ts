import type { BackendAttempt, RequestRecord } from './request-record.ts';

/** A request as the requests API and test expectations see it; plain data. */
export type RequestDescription = ReturnType<typeof describeRequest>;

/** Renders the record of a request as plain data. */
export function describeRequest(record: RequestRecord) {
  const { request, route, attempts } = record;
  const outcome = route?.outcome;
  const last = attempts.at(-1);
  return {
    traceId: request.traceId,
    time: new Date(record.startedAt).toISOString(),
    method: request.method,
    url: request.url,
    host: route?.host ?? null,
    clientIp: request.clientIp,
    frontendPort: request.serverPort,
    listener: route?.listener?.name ?? null,
    rule: route?.rule?.name ?? null,
    pathRule: route?.pathRule?.name ?? null,
    advancedRoutingRule: route?.advancedRoutingRule?.name ?? null,
    rewrites: [...(route?.rewrites ?? []), ...record.responseRewrites].map(({ ruleSet, rule, changes }) => ({
      ruleSet: ruleSet.name,
      rule: rule.name,
      changes,
    })),
    redirect: outcome?.kind === 'redirect' ? { status: outcome.status, location: outcome.location } : null,
    pool: last?.server.pool.name ?? (outcome?.kind === 'forward' ? (outcome.pool?.name ?? null) : null),
    settings: outcome?.kind === 'forward' ? outcome.settings.name : null,
    member: last?.server.address.address ?? null,
    backendPath: record.sent?.path ?? null,
    backendHost: record.sent?.host ?? null,
    attempts: attempts.map(describeAttempt),
    status: record.status,
    errorInfo: record.errorInfo,
    why: record.why,
    upgraded: record.upgraded,
    receivedBytes: record.receivedBytes,
    sentBytes: record.sentBytes,
    milliseconds: round(record.totalMilliseconds),
  };
}

function describeAttempt({ server, status, failure, startedAt, connectedAt, headAt, endedAt }: BackendAttempt) {
  const since = (moment: number | null) => (moment === null ? null : round(moment - startedAt));
  return {
    pool: server.pool.name,
    member: server.address.address,
    port: server.address.port,
    status,
    failure,
    connectMilliseconds: since(connectedAt),
    headMilliseconds: since(headAt),
    milliseconds: since(endedAt),
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
