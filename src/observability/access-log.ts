import type { Gateway } from '../gateway/model.ts';
import { firstHeader } from '../rewrite/raw-headers.ts';
import type { ClientTls, ForwardOutcome } from '../routing/route.ts';
import { writeAccessLogLineOfV1 } from './access-log-v1.ts';
import { asciiBytes, type LineBuffer, toAsciiJson } from './line-buffer.ts';
import { LineForm } from './line-form.ts';
import type { BackendAttempt, RequestRecord } from './request-record.ts';

/**
 * Writes a request as a line of `ApplicationGatewayAccessLog`, without its end, in the spelling, order and types of
 * Azure's own lines: some numbers are text there.
 * https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference#resource-logs
 */
export function writeAccessLogLine(line: LineBuffer, record: RequestRecord): void {
  if (record.gateway.sku.generation === 'v1') {
    writeAccessLogLineOfV1(line, record);
    return;
  }
  ofGateway.write(line, record);
  ofRequest.write(line, record);
  if (record.request.tls === null) withoutTls.write(line, record);
  else ofTls.write(line, record.request.tls);
  ofBackend.write(line, record);
}

const ofGateway = new LineForm<RequestRecord>('{', {
  timeStamp: (line, { startedAt }) => line.quoted(timeStampOf(startedAt)),
  resourceId: (line, { gateway }) => line.bytes(resourceIdOf(gateway)),
  listenerName: (line, { route }) => line.quoted(route?.listener?.name ?? ''),
  ruleName: (line, { route }) => line.quoted(route?.rule?.name ?? ''),
  backendPoolName: (line, record) => line.quoted(poolNameOf(record)),
  backendSettingName: (line, record) => line.quoted(forwardOf(record)?.settings.name ?? ''),
  operationName: 'ApplicationGatewayAccess',
  category: 'ApplicationGatewayAccessLog',
});

const ofRequest = new LineForm<RequestRecord>(',"properties":{', {
  instanceId: (line, { instance }) => line.quoted(`appgw_${instance}`),
  clientIP: (line, { request }) => line.quoted(request.clientIp),
  clientPort: (line, { request }) => line.integer(request.clientPort),
  httpMethod: (line, { request }) => line.quoted(request.method),
  originalRequestUriWithArgs: (line, { request }) => line.quoted(request.url),
  requestUri: (line, { request, sent }) => line.quoted(pathOf(sent?.path ?? request.url)),
  requestQuery: (line, { request, sent }) => line.quoted(queryOf(sent?.path ?? request.url)),
  userAgent: (line, { request }) => line.quoted(firstHeader(request.rawHeaders, 'user-agent') ?? ''),
  httpStatus: (line, { status }) => line.integer(status),
  httpVersion: (line, { request }) => line.bytes(httpVersions[request.httpVersion]),
  receivedBytes: (line, { receivedBytes }) => line.integer(receivedBytes),
  sentBytes: (line, { sentBytes }) => line.integer(sentBytes),
  clientResponseTime: (line, record) => line.seconds(clientMilliseconds(record)),
  timeTaken: (line, { totalMilliseconds }) => line.seconds(totalMilliseconds),
  WAFEvaluationTime: '',
  WAFMode: '',
  transactionId: (line, { request }) => line.quoted(request.traceId),
});

const withoutTls = new LineForm<RequestRecord>(',', {
  sslEnabled: 'off',
  sslCipher: '',
  sslProtocol: '',
  sslClientVerify: '',
  sslClientCertificateFingerprint: '',
  sslClientCertificateIssuerName: '',
});

/** Of the client's connection, in OpenSSL's spelling. */
const ofTls = new LineForm<ClientTls>(',', {
  sslEnabled: 'on',
  sslCipher: (line, { cipher }) => line.quoted(cipher),
  sslProtocol: (line, { protocol }) => line.quoted(protocol),
  sslClientVerify: (line, { clientCertificate }) => line.quoted(clientCertificate?.verification ?? 'NONE'),
  sslClientCertificateFingerprint: (line, tls) => line.quoted(tls.clientCertificate?.fingerprint ?? ''),
  sslClientCertificateIssuerName: (line, tls) => line.quoted(tls.clientCertificate?.issuer ?? ''),
});

/** NGINX, which writes these lines, lists all servers that were tried. */
const ofBackend = new LineForm<RequestRecord>(
  ',',
  {
    serverRouted: (line, { attempts }) => line.quoted(listOf(attempts, routedTo)),
    serverStatus: (line, { attempts }) => line.quoted(listOf(attempts, statusOf)),
    serverResponseLatency: (line, { attempts }) => line.quoted(listOf(attempts, latencyOf)),
    upstreamSourcePort: (line, { attempts }) => line.quoted(listOf(attempts, sourcePortOf)),
    originalHost: (line, record) => line.quoted(originalHostOf(record)),
    host: (line, record) => line.quoted(record.sent?.host ?? record.route?.host ?? originalHostOf(record)),
    error_info: (line, { errorInfo }) => line.quoted(errorInfo),
    contentType: (line, { responseHeaders }) => line.quoted(firstHeader(responseHeaders, 'content-type') ?? ''),
  },
  '}}',
);

const httpVersions = {
  '1.0': asciiBytes('"HTTP/1.0"'),
  '1.1': asciiBytes('"HTTP/1.1"'),
  '2.0': asciiBytes('"HTTP/2.0"'),
};

const resourceIds = new WeakMap<Gateway, Uint8Array>();

/** In capitals, as Azure writes it here. */
function resourceIdOf(gateway: Gateway): Uint8Array {
  const known = resourceIds.get(gateway);
  if (known !== undefined) return known;
  const bytes = asciiBytes(toAsciiJson(gateway.id.toUpperCase()));
  resourceIds.set(gateway, bytes);
  return bytes;
}

function forwardOf({ route }: RequestRecord): ForwardOutcome | null {
  return route?.outcome.kind === 'forward' ? route.outcome : null;
}

function poolNameOf(record: RequestRecord): string {
  return record.attempts.at(-1)?.server.pool.name ?? forwardOf(record)?.pool?.name ?? '';
}

function pathOf(url: string): string {
  const question = url.indexOf('?');
  return question === -1 ? url : url.slice(0, question);
}

function queryOf(url: string): string {
  const question = url.indexOf('?');
  return question === -1 ? '' : url.slice(question + 1);
}

function originalHostOf({ request }: RequestRecord): string {
  return firstHeader(request.rawHeaders, 'host') ?? '';
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

/** With all three decimals, as NGINX writes times. */
function threeDecimals(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  return belowOneSecond[rounded] ?? (rounded / 1000).toFixed(3);
}

/** Ready made, for turning fractions into text is slow: `0.000` to `0.999`. */
const belowOneSecond = Array.from({ length: 1000 }, (_, milliseconds) => (milliseconds / 1000).toFixed(3));

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
