import { hostNameOf } from '../routing/host.ts';
import type { ClientCertificate } from '../routing/route.ts';
import { allHeaders, firstHeader } from './raw-headers.ts';
import type { RewriteContext } from './rewrite-context.ts';

type ReadVariable = (context: RewriteContext) => string;

/**
 * The values that `{var_NAME}` stands for.
 * https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#server-variables
 */
const serverVariables: ReadonlyMap<string, ReadVariable> = new Map<string, ReadVariable>([
  ['add_x_forwarded_for_proxy', forwardedFor],
  ['ciphers_supported', ({ request }) => request.tls?.offeredCiphers?.join(':') ?? ''],
  ['ciphers_used', ({ request }) => request.tls?.cipher ?? ''],
  ['client_certificate', certificatePart((certificate) => encodeURIComponent(certificate.pem))],
  ['client_certificate_end_date', certificatePart((certificate) => certificate.endDate)],
  ['client_certificate_fingerprint', certificatePart((certificate) => certificate.fingerprint)],
  ['client_certificate_issuer', certificatePart((certificate) => certificate.issuer)],
  ['client_certificate_serial', certificatePart((certificate) => certificate.serial)],
  ['client_certificate_start_date', certificatePart((certificate) => certificate.startDate)],
  ['client_certificate_subject', certificatePart((certificate) => certificate.subject)],
  ['client_certificate_verification', clientCertificateVerification],
  ['client_ip', ({ request }) => request.clientIp],
  ['client_port', ({ request }) => String(request.clientPort)],
  // Node.js does not tell a socket's round-trip time.
  ['client_tcp_rtt', () => ''],
  ['client_user', clientUser],
  ['host', ({ host }) => hostNameOf(host)],
  ['http_method', ({ request }) => request.method],
  ['http_status', ({ response }) => (response === null ? '' : String(response.status))],
  ['http_version', ({ request }) => `HTTP/${request.httpVersion}`],
  ['query_string', ({ query }) => query ?? ''],
  ['received_bytes', receivedBytes],
  ['request_query', ({ query }) => query ?? ''],
  ['request_scheme', ({ request }) => request.scheme],
  ['request_uri', ({ path, query }) => (query === null ? path : `${path}?${query}`)],
  // Rewrites run before the first byte goes to the client.
  ['sent_bytes', () => '0'],
  ['server_port', ({ request }) => String(request.serverPort)],
  ['ssl_connection_protocol', ({ request }) => request.tls?.protocol ?? ''],
  ['ssl_enabled', ({ request }) => (request.scheme === 'https' ? 'On' : '')],
  ['uri_path', ({ path }) => path],
]);

/** The names of all server variables; `cookie_` is followed by the name of a cookie. */
export const serverVariableNames: readonly string[] = [...serverVariables.keys(), 'cookie_'];

/** How to read a server variable; undefined when there is none of that name. */
export function serverVariable(name: string): ReadVariable | undefined {
  if (name.startsWith('cookie_')) {
    const cookieName = name.slice('cookie_'.length);
    return ({ request }) => cookieOf(request.rawHeaders, cookieName);
  }
  return serverVariables.get(name);
}

function forwardedFor({ request }: RewriteContext): string {
  return [...allHeaders(request.rawHeaders, 'x-forwarded-for'), request.clientIp].join(', ');
}

function certificatePart(read: (certificate: ClientCertificate) => string): ReadVariable {
  return ({ request }) => (request.tls?.clientCertificate ? read(request.tls.clientCertificate) : '');
}

function clientCertificateVerification({ request }: RewriteContext): string {
  if (request.tls === null) return '';
  return request.tls.clientCertificate?.verification ?? 'NONE';
}

function clientUser({ request }: RewriteContext): string {
  const credentials = firstHeader(request.rawHeaders, 'authorization');
  if (credentials === undefined || !/^basic /i.test(credentials)) return '';
  return Buffer.from(credentials.slice('basic '.length).trim(), 'base64').toString('latin1').split(':', 1)[0] ?? '';
}

/** Request line, headers and the body that is announced: the rest of the request is not read yet. */
function receivedBytes({ request }: RewriteContext): string {
  const requestLine = `${request.method} ${request.url} HTTP/${request.httpVersion}\r\n`;
  const headers = request.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
  const body = Number(firstHeader(request.rawHeaders, 'content-length') ?? 0);
  return String(requestLine.length + headers + '\r\n'.length + (Number.isFinite(body) ? body : 0));
}

function cookieOf(headers: RewriteContext['request']['rawHeaders'], name: string): string {
  for (const line of allHeaders(headers, 'cookie')) {
    for (const pair of line.split(';')) {
      const equals = pair.indexOf('=');
      if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
    }
  }
  return '';
}
