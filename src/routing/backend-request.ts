import type { BackendHttpSettings } from '../gateway/model.ts';
import { allHeaders, firstHeader, HeaderNames, sameHeader, setHeader } from '../rewrite/raw-headers.ts';
import type { RoutingTable } from './compile-routing-table.ts';
import { headersNamedByConnection, isHopByHop } from './hop-by-hop.ts';
import { parseRequestTarget } from './request-target.ts';
import type { BackendRequest, ClientRequest, ForwardOutcome, Route, ServerAddress } from './route.ts';

export interface BackendRequestOptions {
  /** Whether the client asks for another protocol, as WebSocket: `Connection` and `Upgrade` then go on to the server. */
  readonly isUpgrade?: boolean;
}

/** Written by the gateway whatever the client sent, unless a rewrite set them. */
const gatewayHeaders = new HeaderNames([
  'x-appgw-trace-id',
  'x-azure-ja4-fingerprint',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-original-host',
  'x-original-url',
]);

const noNames: readonly string[] = [];

/**
 * The request as a server gets it: the headers that rewrites left, without those of the client's connection, with the
 * gateway's own, and with the Host that the settings ask for.
 * https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works#modifications-to-the-request
 */
export function buildBackendRequest(
  route: Route,
  outcome: ForwardOutcome,
  request: ClientRequest,
  server: ServerAddress,
  table: RoutingTable,
  options: BackendRequestOptions = {},
): BackendRequest {
  const path = outcome.query === null ? outcome.path : `${outcome.path}?${outcome.query}`;
  const rewritten = rewrittenHeaders(route);
  const host = chooseHost(route, outcome, server, table, rewritten);
  const headers = ['Host', host];
  const forwardedFor = copyHeaders(headers, outcome, table, rewritten, options.isUpgrade === true);
  if (request.httpVersion === '2.0') joinCookies(headers);
  const addUnlessRewritten = (name: string, value: string) => {
    if (!isAmong(rewritten, name)) headers.push(name, value);
  };
  addUnlessRewritten('X-Forwarded-For', `${forwardedFor}${addressWithPort(request)}`);
  addUnlessRewritten('X-Forwarded-Proto', request.scheme);
  addUnlessRewritten('X-Forwarded-Port', String(request.serverPort));
  addUnlessRewritten('X-Original-Host', route.host ?? host);
  addUnlessRewritten(
    'X-Original-URL',
    table.behaviour.originalUrlHeader === 'original' ? originalUrl(request.url) : path,
  );
  addUnlessRewritten('X-AppGW-Trace-Id', request.traceId);
  const fingerprint = request.tls?.fingerprint;
  if (fingerprint !== undefined) addUnlessRewritten('X-Azure-JA4-Fingerprint', fingerprint);
  return { method: request.method, path, host, headers };
}

/** Names of the request headers that rewrites set or deleted. */
function rewrittenHeaders({ rewrites }: Route): readonly string[] {
  if (rewrites.length === 0) return noNames;
  const names: string[] = [];
  for (const { changes } of rewrites) {
    for (const { target, name } of changes) if (target === 'requestHeader' && name !== null) names.push(name);
  }
  return names;
}

function isAmong(names: readonly string[], name: string): boolean {
  for (const each of names) if (sameHeader(each, name)) return true;
  return false;
}

// Where both a rewrite and the settings name a host, the documents leave open which one counts.
// https://learn.microsoft.com/azure/application-gateway/configuration-http-settings
function chooseHost(
  route: Route,
  { settings, requestHeaders }: ForwardOutcome,
  server: ServerAddress,
  { behaviour }: RoutingTable,
  rewritten: readonly string[],
): string {
  const current = firstHeader(requestHeaders, 'host') ?? route.host ?? '';
  if (behaviour.hostPrecedence === 'rewrite' && isAmong(rewritten, 'host')) return current;
  return hostOfSettings(settings, server) ?? current;
}

function hostOfSettings(settings: BackendHttpSettings, server: ServerAddress): string | null {
  if (settings.hostName) return settings.hostName;
  if (!settings.pickHostNameFromBackendAddress) return null;
  const isIPv6 = server.kind === 'ipAddress' && server.address.includes(':');
  return isIPv6 ? `[${server.address}]` : server.address;
}

/** Copies what is to reach the server, and returns what the client's `X-Forwarded-For` says, ready to be added to. */
function copyHeaders(
  headers: string[],
  { requestHeaders }: ForwardOutcome,
  table: RoutingTable,
  rewritten: readonly string[],
  isUpgrade: boolean,
): string {
  const named = headersNamedByConnection(requestHeaders);
  let forwardedFor = '';
  for (let index = 0; index < requestHeaders.length; index += 2) {
    const name = requestHeaders[index] ?? '';
    const value = requestHeaders[index + 1] ?? '';
    if (sameHeader(name, 'host') || !isPassedOn(name, table)) continue;
    if (gatewayHeaders.has(name) && !isAmong(rewritten, name)) {
      if (sameHeader(name, 'x-forwarded-for') && value !== '') forwardedFor += `${value}, `;
    } else if (isUpgrade && (sameHeader(name, 'connection') || sameHeader(name, 'upgrade'))) {
      headers.push(name, value);
    } else if (!isHopByHop(name) && !sameHeader(name, 'expect') && !named.includes(name.toLowerCase())) {
      headers.push(name, value);
    }
  }
  return forwardedFor;
}

/** HTTP/2 lets clients send one cookie a line; HTTP/1.1 does not. https://www.rfc-editor.org/rfc/rfc9113#section-8.2.3 */
function joinCookies(headers: string[]): void {
  const cookies = allHeaders(headers, 'cookie');
  if (cookies.length > 1) setHeader(headers, 'Cookie', cookies.join('; '));
}

/** Path and query, also where the request line has an absolute URL. */
function originalUrl(url: string): string {
  if (url.startsWith('/')) return url;
  const target = parseRequestTarget(url);
  if (target === undefined) return url;
  return target.query === null ? target.path : `${target.path}?${target.query}`;
}

/**
 * v2 silently drops headers whose names have other characters than letters, digits and hyphens.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-faq
 */
function isPassedOn(name: string, { gateway, behaviour }: RoutingTable): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    if (code === 58 && index === 0) return false;
    const isPlain = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
    if (isPlain || code === 45 || gateway.sku.generation === 'v1') continue;
    if (code !== 95 || !behaviour.allowUnderscore) return false;
  }
  return true;
}

/** `ip:port`, which is what this gateway appends where others append the address only. */
function addressWithPort({ clientIp, clientPort }: ClientRequest): string {
  return clientIp.includes(':') ? `[${clientIp}]:${clientPort}` : `${clientIp}:${clientPort}`;
}
