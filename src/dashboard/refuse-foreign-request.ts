import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Why a request must not be served, or undefined when it may.
 *
 * The admin API has no password: it trusts whoever can open a connection to loopback. A web page in the user's browser
 * can do that too, in two ways. By DNS rebinding it reads answers under its own host name, so only addresses and
 * `localhost` are accepted as Host. By a cross-site request it can cause effects without reading, so anything that
 * carries another origin is refused.
 */
export function refuseForeignRequest(request: IncomingMessage): string | undefined {
  const host = request.headers.host;
  if (host === undefined || !isOwnHost(host)) {
    return `The Host header is '${host ?? ''}'; the admin API answers only to an IP address or localhost.`;
  }
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`)
    return `Requests from the origin '${origin}' are not served.`;
  const site = request.headers['sec-fetch-site'];
  if (
    request.method !== 'GET' &&
    request.method !== 'HEAD' &&
    site !== undefined &&
    site !== 'same-origin' &&
    site !== 'none'
  ) {
    return 'Changes from another site are not accepted.';
  }
  return undefined;
}

function isOwnHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
