import { firstHeader } from '../rewrite/raw-headers.ts';
import type { ClientTls } from '../routing/route.ts';
import type { BackendAttempt, RequestRecord } from './request-record.ts';

/**
 * A request as a line of `ApplicationGatewayAccessLog`, in the spelling, order and types of Azure's own lines: some
 * numbers are text there. Written out piece by piece, because an object of forty members per request, and turning it
 * into text, cost more than routing the request.
 * https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference#resource-logs
 */
export function renderAccessLogLine(record: RequestRecord): string {
  return record.gateway.sku.generation === 'v1' ? renderForV1(record) : renderForV2(record);
}

const kind = '"operationName":"ApplicationGatewayAccess","category":"ApplicationGatewayAccessLog"';

function renderForV2(record: RequestRecord): string {
  const { route, gateway, startedAt } = record;
  const forward = route?.outcome.kind === 'forward' ? route.outcome : null;
  const pool = record.attempts.at(-1)?.server.pool.name ?? forward?.pool?.name ?? '';
  return `{"timeStamp":"${timeStampOf(startedAt)}","resourceId":${quoteResourceId(gateway.id)},"listenerName":${quoteName(
    route?.listener?.name ?? '',
  )},"ruleName":${quoteName(route?.rule?.name ?? '')},"backendPoolName":${quoteName(
    pool,
  )},"backendSettingName":${quoteName(forward?.settings.name ?? '')},${kind},"properties":{"instanceId":"appgw_0",${renderRequest(
    record,
  )},${renderTls(record.request.tls)},${renderBackend(record)}}}`;
}

function renderRequest(record: RequestRecord): string {
  const { request, sent } = record;
  const url = sent?.path ?? request.url;
  const question = url.indexOf('?');
  const path = question === -1 ? url : url.slice(0, question);
  const query = question === -1 ? '' : url.slice(question + 1);
  return `"clientIP":"${request.clientIp}","clientPort":${request.clientPort},"httpMethod":"${
    request.method
  }","originalRequestUriWithArgs":${JSON.stringify(request.url)},"requestUri":${JSON.stringify(
    path,
  )},"requestQuery":${JSON.stringify(query)},"userAgent":${quoteHeader(
    firstHeader(request.rawHeaders, 'user-agent'),
  )},"httpStatus":${record.status},"httpVersion":"HTTP/${request.httpVersion}","receivedBytes":${
    record.receivedBytes
  },"sentBytes":${record.sentBytes},"clientResponseTime":${seconds(clientMilliseconds(record))},"timeTaken":${seconds(
    record.totalMilliseconds,
  )},"WAFEvaluationTime":"","WAFMode":"","transactionId":"${request.traceId}"`;
}

const withoutTls =
  '"sslEnabled":"off","sslCipher":"","sslProtocol":"","sslClientVerify":"","sslClientCertificateFingerprint":"","sslClientCertificateIssuerName":""';

/** Of the client's connection, in OpenSSL's spelling. */
function renderTls(tls: ClientTls | null): string {
  if (tls === null) return withoutTls;
  const certificate = tls.clientCertificate;
  return `"sslEnabled":"on","sslCipher":"${tls.cipher}","sslProtocol":"${tls.protocol}","sslClientVerify":${JSON.stringify(
    certificate?.verification ?? 'NONE',
  )},"sslClientCertificateFingerprint":"${
    certificate?.fingerprint ?? ''
  }","sslClientCertificateIssuerName":${JSON.stringify(certificate?.issuer ?? '')}`;
}

/** NGINX, which writes these lines, lists all servers that were tried. Agate does not look at its own connections' ports. */
function renderBackend(record: RequestRecord): string {
  const { request, route, sent, attempts } = record;
  const originalHost = firstHeader(request.rawHeaders, 'host') ?? '';
  return `"serverRouted":${JSON.stringify(listOf(attempts, routedTo))},"serverStatus":"${listOf(
    attempts,
    statusOf,
  )}","serverResponseLatency":"${listOf(attempts, latencyOf)}","upstreamSourcePort":"","originalHost":${JSON.stringify(
    originalHost,
  )},"host":${JSON.stringify(sent?.host ?? route?.host ?? originalHost)},"error_info":"${
    record.errorInfo
  }","contentType":${quoteHeader(firstHeader(record.responseHeaders, 'content-type'))}`;
}

function renderForV1(record: RequestRecord): string {
  const { request, gateway, startedAt, route, sent } = record;
  const question = request.url.indexOf('?');
  const originalHost = firstHeader(request.rawHeaders, 'host') ?? '';
  return JSON.stringify({
    resourceId: gateway.id.toUpperCase(),
    operationName: 'ApplicationGatewayAccess',
    time: timeStampOf(startedAt),
    category: 'ApplicationGatewayAccessLog',
    properties: {
      instanceId: 'ApplicationGatewayRole_IN_0',
      clientIP: request.clientIp,
      clientPort: request.clientPort,
      httpMethod: request.method,
      requestUri: question === -1 ? request.url : request.url.slice(0, question),
      requestQuery: queryForV1(record, question === -1 ? '' : request.url.slice(question + 1)),
      userAgent: firstHeader(request.rawHeaders, 'user-agent') ?? '',
      httpStatus: record.status,
      httpVersion: `HTTP/${request.httpVersion}`,
      receivedBytes: record.receivedBytes,
      sentBytes: record.sentBytes,
      timeTaken: Math.round(record.totalMilliseconds),
      sslEnabled: request.tls === null ? 'off' : 'on',
      host: sent?.host ?? route?.host ?? originalHost,
      originalHost,
    },
  });
}

/** v1 hides in the query what v2 has fields for. */
function queryForV1({ request, attempts }: RequestRecord, query: string): string {
  const routed = attempts.at(-1);
  return [
    ...(query === '' ? [] : [query]),
    'X-AzureApplicationGateway-CACHE-HIT=0',
    `SERVER-ROUTED=${routed?.server.ipOrName ?? ''}`,
    `X-AzureApplicationGateway-LOG-ID=${request.traceId}`,
    `SERVER-STATUS=${routed === undefined ? '' : statusOf(routed)}`,
  ].join('&');
}

function listOf(attempts: readonly BackendAttempt[], render: (attempt: BackendAttempt) => string): string {
  const [first] = attempts;
  if (first === undefined) return '';
  return attempts.length === 1 ? render(first) : attempts.map(render).join(', ');
}

function routedTo({ server: { ipOrName, address } }: BackendAttempt): string {
  return `${ipOrName.includes(':') ? `[${ipOrName}]` : ipOrName}:${address.port}`;
}

/** A server that could not be asked counts as one that answered 502. */
function statusOf({ status }: BackendAttempt): string {
  return String(status ?? 502);
}

function latencyOf({ startedAt, endedAt }: BackendAttempt): string {
  return endedAt === null ? '' : ((endedAt - startedAt) / 1000).toFixed(3);
}

/** From the first byte that the client got to the last one. */
function clientMilliseconds({ firstByteMilliseconds, totalMilliseconds }: RequestRecord): number {
  return firstByteMilliseconds === null ? 0 : totalMilliseconds - firstByteMilliseconds;
}

/** To the millisecond, as the lines of Azure have it. */
function seconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}

let stampedSecond = -1;
let stamp = '';

/** `2026-05-04T10:11:12+00:00`; made once a second, for dates are slow to write. */
function timeStampOf(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== stampedSecond) {
    stampedSecond = second;
    stamp = `${new Date(second * 1000).toISOString().slice(0, 19)}+00:00`;
  }
  return stamp;
}

/** Names come from the template: there are few, and each is quoted once. */
const quotedNames = new Map<string, string>();
const quotedIds = new Map<string, string>();
const maximumKept = 10_000;

function quoteName(name: string): string {
  return keep(quotedNames, name, JSON.stringify);
}

function quoteResourceId(id: string): string {
  return keep(quotedIds, id, (text) => JSON.stringify(text.toUpperCase()));
}

function keep(kept: Map<string, string>, text: string, quote: (text: string) => string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  // Only an emulator that redeploys for days could come this far.
  if (kept.size >= maximumKept) kept.clear();
  const quoted = quote(text);
  kept.set(text, quoted);
  return quoted;
}

function quoteHeader(value: string | undefined): string {
  return value === undefined ? '""' : JSON.stringify(value);
}
