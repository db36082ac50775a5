import type { Socket } from 'node:net';
import { firstHeader } from '../../../rewrite/raw-headers.ts';
import type { RawHeaders } from '../../../routing/route.ts';
import type { ArrivedHead } from '../../client-response.ts';

/**
 * The head of an HTTP/2 request as one of HTTP/1.1, which routing, rewrites and backends know: `:authority` is the
 * Host, the crumbs of the cookie are one line again, and a body whose length is not told comes in chunks.
 * https://www.rfc-editor.org/rfc/rfc9113#section-8.3.1
 *
 * @param hasBody false when the request ended with its head
 */
export function readRequestHead(lines: RawHeaders, hasBody: boolean, socket: Socket): ArrivedHead {
  const pseudo = new Map<string, string>();
  const rawHeaders: string[] = [];
  const crumbs: string[] = [];
  let hasLength = false;
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const name = lines[index] ?? '';
    const value = lines[index + 1] ?? '';
    if (name.startsWith(':')) pseudo.set(name, value);
    else if (name === 'cookie') crumbs.push(value);
    else rawHeaders.push(name, value);
    hasLength ||= name === 'content-length';
  }
  const method = pseudo.get(':method') ?? '';
  const host = pseudo.get(':authority');
  if (crumbs.length > 0) rawHeaders.push('cookie', crumbs.join('; '));
  if (hasBody && !hasLength) rawHeaders.push('transfer-encoding', 'chunked');
  // Whoever ends a request with its head has told its length.
  if (!hasBody && !hasLength && method === 'POST') rawHeaders.push('content-length', '0');
  return {
    method,
    url: pseudo.get(':path') ?? '',
    httpVersion: '2.0',
    socket,
    rawHeaders: host === undefined ? rawHeaders : ['host', host, ...withoutHost(rawHeaders)],
  };
}

/**
 * Whether a Host differs from the `:authority` beside it, so that nobody could say whom the request is for.
 * https://www.rfc-editor.org/rfc/rfc9113#section-8.3.1
 */
export function namesTwoHosts(lines: RawHeaders): boolean {
  const authority = firstHeader(lines, ':authority');
  const host = firstHeader(lines, 'host');
  return authority !== undefined && host !== undefined && authority.toLowerCase() !== host.toLowerCase();
}

/** A Host that says the same as `:authority` is not needed. */
function withoutHost(rawHeaders: RawHeaders): RawHeaders {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name === 'host');
  return at === -1 ? rawHeaders : withoutHost([...rawHeaders.slice(0, at), ...rawHeaders.slice(at + 2)]);
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits */
const maximumFieldBytes = 8 * 1024;
const maximumHeadBytes = 16 * 1024;

/** Why a head is larger than HTTP/2 may have it; null when it is not. */
export function headTooLarge(lines: RawHeaders): string | null {
  let total = 0;
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const bytes = (lines[index] ?? '').length + (lines[index + 1] ?? '').length;
    if (bytes > maximumFieldBytes) return `The header '${lines[index]}' is larger than 8 KB, the limit of HTTP/2.`;
    total += bytes;
  }
  return total > maximumHeadBytes ? 'The headers are larger than 16 KB altogether, the limit of HTTP/2.' : null;
}
