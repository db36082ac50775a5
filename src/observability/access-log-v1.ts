import { firstHeader } from '../rewrite/raw-headers.ts';
import { type LineBuffer, toAsciiJson } from './line-buffer.ts';
import type { RequestRecord } from './request-record.ts';

/** Its own spelling of times, of a missing user agent and of the trace ID: what Windows' server wrote, which v1 is made of. */
export function writeAccessLogLineOfV1(line: LineBuffer, record: RequestRecord): void {
  const { request, gateway, startedAt, route, sent } = record;
  const question = request.url.indexOf('?');
  const originalHost = firstHeader(request.rawHeaders, 'host') ?? '';
  const content = {
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
      requestQuery: queryOf(record, question === -1 ? '' : request.url.slice(question + 1)),
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
  };
  line.ascii(toAsciiJson(content));
}

/** `2026-05-04T10:11:12Z` */
export function timeOfV1(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

const guidParts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** v1 hides in the query what v2 has members for. */
function queryOf({ request, attempts }: RequestRecord, query: string): string {
  const routed = attempts.at(-1);
  return [
    ...(query === '' ? [] : [query]),
    'X-AzureApplicationGateway-CACHE-HIT=0',
    `SERVER-ROUTED=${routed?.server.ipOrName ?? ''}`,
    `X-AzureApplicationGateway-LOG-ID=${request.traceId.replace(guidParts, '$1-$2-$3-$4-$5')}`,
    `SERVER-STATUS=${routed === undefined ? '' : (routed.status ?? 502)}`,
  ].join('&');
}
