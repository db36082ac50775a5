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

/** Pieces of a line; put together at once, which takes a quarter of the time that adding one to the other does. */
type Line = (string | number)[];

function renderForV2(record: RequestRecord): string {
  const { route, gateway, startedAt } = record;
  const forward = route?.outcome.kind === 'forward' ? route.outcome : null;
  const pool = record.attempts.at(-1)?.server.pool.name ?? forward?.pool?.name ?? '';
  const line: Line = [
    '{"timeStamp":"',
    timeStampOf(startedAt),
    '","resourceId":',
    quoteResourceId(gateway.id),
    ',"listenerName":',
    quoteName(route?.listener?.name ?? ''),
    ',"ruleName":',
    quoteName(route?.rule?.name ?? ''),
    ',"backendPoolName":',
    quoteName(pool),
    ',"backendSettingName":',
    quoteName(forward?.settings.name ?? ''),
    `,${kind},"properties":{"instanceId":"appgw_${record.instance}",`,
  ];
  addRequest(line, record);
  addTls(line, record.request.tls);
  addBackend(line, record);
  line.push('}}');
  return line.join('');
}

function addRequest(line: Line, record: RequestRecord): void {
  const { request, sent } = record;
  const url = sent?.path ?? request.url;
  const question = url.indexOf('?');
  line.push(
    '"clientIP":"',
    request.clientIp,
    '","clientPort":',
    request.clientPort,
    ',"httpMethod":"',
    request.method,
    '","originalRequestUriWithArgs":',
    quote(request.url),
    ',"requestUri":',
    quote(question === -1 ? url : url.slice(0, question)),
    ',"requestQuery":',
    quote(question === -1 ? '' : url.slice(question + 1)),
    ',"userAgent":',
    quote(firstHeader(request.rawHeaders, 'user-agent') ?? ''),
    ',"httpStatus":',
    record.status,
    ',"httpVersion":"HTTP/',
    request.httpVersion,
    '","receivedBytes":',
    record.receivedBytes,
    ',"sentBytes":',
    record.sentBytes,
    ',"clientResponseTime":',
    seconds(clientMilliseconds(record)),
    ',"timeTaken":',
    seconds(record.totalMilliseconds),
    ',"WAFEvaluationTime":"","WAFMode":"","transactionId":"',
    request.traceId,
  );
}

const withoutTls =
  '","sslEnabled":"off","sslCipher":"","sslProtocol":"","sslClientVerify":"","sslClientCertificateFingerprint":"","sslClientCertificateIssuerName":""';

/** Of the client's connection, in OpenSSL's spelling. */
function addTls(line: Line, tls: ClientTls | null): void {
  if (tls === null) {
    line.push(withoutTls);
    return;
  }
  const certificate = tls.clientCertificate;
  line.push(
    '","sslEnabled":"on","sslCipher":"',
    tls.cipher,
    '","sslProtocol":"',
    tls.protocol,
    '","sslClientVerify":',
    quote(certificate?.verification ?? 'NONE'),
    ',"sslClientCertificateFingerprint":"',
    certificate?.fingerprint ?? '',
    '","sslClientCertificateIssuerName":',
    quote(certificate?.issuer ?? ''),
  );
}

/** NGINX, which writes these lines, lists all servers that were tried. */
function addBackend(line: Line, record: RequestRecord): void {
  const { request, route, sent, attempts } = record;
  const originalHost = firstHeader(request.rawHeaders, 'host') ?? '';
  line.push(
    ',"serverRouted":',
    quote(listOf(attempts, routedTo)),
    ',"serverStatus":"',
    listOf(attempts, statusOf),
    '","serverResponseLatency":"',
    listOf(attempts, latencyOf),
    '","upstreamSourcePort":"',
    listOf(attempts, sourcePortOf),
    '","originalHost":',
    quote(originalHost),
    ',"host":',
    quote(sent?.host ?? route?.host ?? originalHost),
    ',"error_info":"',
    record.errorInfo,
    '","contentType":',
    quote(firstHeader(record.responseHeaders, 'content-type') ?? ''),
  );
}

/** Its own spelling of times, of a missing user agent and of the trace ID: what Windows' server wrote, which v1 is made of. */
function renderForV1(record: RequestRecord): string {
  const { request, gateway, startedAt, route, sent } = record;
  const question = request.url.indexOf('?');
  const originalHost = firstHeader(request.rawHeaders, 'host') ?? '';
  return toAscii({
    resourceId: gateway.id.toUpperCase(),
    operationName: 'ApplicationGatewayAccess',
    time: timeOfV1(startedAt),
    category: 'ApplicationGatewayAccessLog',
    properties: {
      instanceId: `ApplicationGatewayRole_IN_${record.instance}`,
      clientIP: request.clientIp,
      clientPort: request.clientPort,
      httpMethod: request.method,
      requestUri: question === -1 ? request.url : request.url.slice(0, question),
      requestQuery: queryForV1(record, question === -1 ? '' : request.url.slice(question + 1)),
      userAgent: firstHeader(request.rawHeaders, 'user-agent') ?? '-',
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

const guidParts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** v1 hides in the query what v2 has fields for. */
function queryForV1({ request, attempts }: RequestRecord, query: string): string {
  const routed = attempts.at(-1);
  return [
    ...(query === '' ? [] : [query]),
    'X-AzureApplicationGateway-CACHE-HIT=0',
    `SERVER-ROUTED=${routed?.server.ipOrName ?? ''}`,
    `X-AzureApplicationGateway-LOG-ID=${request.traceId.replace(guidParts, '$1-$2-$3-$4-$5')}`,
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

function sourcePortOf({ sourcePort }: BackendAttempt): string {
  return sourcePort === null ? '' : String(sourcePort);
}

function latencyOf({ startedAt, endedAt }: BackendAttempt): string {
  return endedAt === null ? '' : threeDecimals(endedAt - startedAt);
}

/** From the first byte that the client got to the last one. */
function clientMilliseconds({ firstByteMilliseconds, totalMilliseconds }: RequestRecord): number {
  return firstByteMilliseconds === null ? 0 : totalMilliseconds - firstByteMilliseconds;
}

/** `0` to `0.999`, ready made: turning a fraction into text costs as much as all the rest of a line. */
const belowOneSecond = Array.from({ length: 1000 }, (_, milliseconds) => String(milliseconds / 1000));

/** To the millisecond, as the lines of Azure have it. */
function seconds(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  return belowOneSecond[rounded] ?? String(rounded / 1000);
}

/** With all three decimals, as NGINX writes times. */
function threeDecimals(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  return `${Math.floor(rounded / 1000)}.${String(1000 + (rounded % 1000)).slice(1)}`;
}

/** `2026-05-04T10:11:12Z` */
export function timeOfV1(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
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
  return keep(quotedNames, name, toAscii);
}

function quoteResourceId(id: string): string {
  return keep(quotedIds, id, (text) => toAscii(text.toUpperCase()));
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

/** What JSON writes in another way inside of quotes, and what is not ASCII. */
const special = /[^\x20-\x21\x23-\x5b\x5d-\x7e]/;

/** JSON for text of clients, which is plain but for a few. */
function quote(text: string): string {
  return special.test(text) ? toAscii(text) : `"${text}"`;
}

/** JSON in ASCII alone, which is written as it is in memory; other text would have to be encoded, line by line. */
function toAscii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
