import { firstHeader } from '../rewrite/raw-headers.ts';
import type { BackendAttempt, RequestRecord } from './request-record.ts';

/**
 * A request as a line of `ApplicationGatewayAccessLog`, in the spelling, order and types of Azure's own lines: some
 * numbers are text there.
 * https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference#resource-logs
 */
export function renderAccessLogLine(record: RequestRecord): string {
  return JSON.stringify(record.gateway.sku.generation === 'v1' ? describeForV1(record) : describeForV2(record));
}

const operationName = 'ApplicationGatewayAccess';
const category = 'ApplicationGatewayAccessLog';

function describeForV2(record: RequestRecord) {
  const { route, gateway, startedAt } = record;
  const forward = route?.outcome.kind === 'forward' ? route.outcome : null;
  return {
    timeStamp: timeStampOf(startedAt),
    resourceId: gateway.id.toUpperCase(),
    listenerName: route?.listener?.name ?? '',
    ruleName: route?.rule?.name ?? '',
    backendPoolName: record.attempts.at(-1)?.server.pool.name ?? forward?.pool?.name ?? '',
    backendSettingName: forward?.settings.name ?? '',
    operationName,
    category,
    properties: { ...requestProperties(record), ...tlsProperties(record), ...backendProperties(record) },
  };
}

function requestProperties(record: RequestRecord) {
  const { request, sent } = record;
  const [path, query] = splitUrl(sent?.path ?? request.url);
  return {
    instanceId: 'appgw_0',
    clientIP: request.clientIp,
    clientPort: request.clientPort,
    httpMethod: request.method,
    originalRequestUriWithArgs: request.url,
    requestUri: path,
    requestQuery: query,
    userAgent: firstHeader(request.rawHeaders, 'user-agent') ?? '',
    httpStatus: record.status,
    httpVersion: `HTTP/${request.httpVersion}`,
    receivedBytes: record.receivedBytes,
    sentBytes: record.sentBytes,
    clientResponseTime: seconds(clientMilliseconds(record)),
    timeTaken: seconds(record.totalMilliseconds),
    WAFEvaluationTime: '',
    WAFMode: '',
    transactionId: request.traceId,
  };
}

/** Of the client's connection, in OpenSSL's spelling. */
function tlsProperties({ request: { tls } }: RequestRecord) {
  return {
    sslEnabled: tls === null ? 'off' : 'on',
    sslCipher: tls?.cipher ?? '',
    sslProtocol: tls?.protocol ?? '',
    sslClientVerify: tls === null ? '' : (tls.clientCertificate?.verification ?? 'NONE'),
    sslClientCertificateFingerprint: tls?.clientCertificate?.fingerprint ?? '',
    sslClientCertificateIssuerName: tls?.clientCertificate?.issuer ?? '',
  };
}

function backendProperties(record: RequestRecord) {
  const { request, route, sent, attempts } = record;
  const originalHost = firstHeader(request.rawHeaders, 'host') ?? '';
  return {
    // NGINX, which writes these lines, lists all servers that were tried.
    serverRouted: attempts.map(routedTo).join(', '),
    serverStatus: attempts.map(statusOf).join(', '),
    serverResponseLatency: attempts.map(latencyOf).join(', '),
    // Agate does not look at the ports of its own connections.
    upstreamSourcePort: '',
    originalHost,
    host: sent?.host ?? route?.host ?? originalHost,
    error_info: record.errorInfo,
    contentType: firstHeader(record.responseHeaders, 'content-type') ?? '',
  };
}

function describeForV1(record: RequestRecord) {
  const { request, gateway, startedAt, route, sent, attempts } = record;
  const [path, query] = splitUrl(request.url);
  const originalHost = firstHeader(request.rawHeaders, 'host') ?? '';
  const routed = attempts.at(-1);
  const internals = [
    'X-AzureApplicationGateway-CACHE-HIT=0',
    `SERVER-ROUTED=${routed?.server.address.address ?? ''}`,
    `X-AzureApplicationGateway-LOG-ID=${request.traceId}`,
    `SERVER-STATUS=${routed === undefined ? '' : statusOf(routed)}`,
  ];
  return {
    resourceId: gateway.id.toUpperCase(),
    operationName,
    time: timeStampOf(startedAt),
    category,
    properties: {
      instanceId: 'ApplicationGatewayRole_IN_0',
      clientIP: request.clientIp,
      clientPort: request.clientPort,
      httpMethod: request.method,
      requestUri: path,
      requestQuery: [...(query === '' ? [] : [query]), ...internals].join('&'),
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
  };
}

function splitUrl(url: string): [path: string, query: string] {
  const question = url.indexOf('?');
  return question === -1 ? [url, ''] : [url.slice(0, question), url.slice(question + 1)];
}

function routedTo({ server: { address } }: BackendAttempt): string {
  return `${address.address.includes(':') ? `[${address.address}]` : address.address}:${address.port}`;
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
