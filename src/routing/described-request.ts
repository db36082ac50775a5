import { EmulatorError } from '../base/errors.ts';
import { parseClientNetwork } from './client-network.ts';
import { type ClientUrl, parseClientUrl } from './client-url.ts';
import { hostNameOf } from './host.ts';
import type { ClientRequest, ClientTls } from './route.ts';

/** A request as a user describes it. */
export interface RequestFacts {
  readonly method?: string;
  /** As users of the gateway write it; scheme and port say which listeners it reaches. `ws` and `wss` ask for WebSocket. */
  readonly url: string;
  /** Header lines; a Host among them counts instead of the URL's. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly clientIp?: string;
  readonly clientPort?: number;
}

/** The request that a client would send, as a listener hands it to routing. */
export function describedRequest(facts: RequestFacts): ClientRequest {
  const url = readUrl(facts.url);
  const { headers = [], method = 'GET', clientIp = '127.0.0.1' } = facts;
  if (clientIp.includes('/') || parseClientNetwork(clientIp) === undefined) throw badAddress(clientIp);
  const missing = [...missingHeaders(method, url, headers), ...(url.isWebSocket ? webSocketHeaders : [])];
  return {
    method,
    url: url.path,
    httpVersion: '1.1',
    scheme: url.isTls ? 'https' : 'http',
    rawHeaders: [...missing, ...headers.flat()],
    clientIp,
    clientPort: facts.clientPort ?? 50000,
    serverPort: url.port,
    traceId: '0'.repeat(32),
    tls: url.isTls ? describeTls(hostNameOf(url.host)) : null,
  };
}

function readUrl(text: string): ClientUrl {
  const url = parseClientUrl(text);
  if (url !== undefined) return url;
  const hint = 'Give the URL as users of the gateway write it, with scheme and host: http://shop.contoso.com/cart';
  throw new EmulatorError('InvalidOption', `'${text}' is not an http, https, ws or wss URL.`, { hint });
}

function badAddress(clientIp: string): EmulatorError {
  return new EmulatorError('InvalidOption', `'${clientIp}' is not the address of a client.`, {
    hint: 'Give an IPv4 or IPv6 address, as 203.0.113.7.',
  });
}

/** What a client adds by itself: the Host of the URL, the credentials in it, and to a POST its length. */
function missingHeaders(
  method: string,
  { host, authorization }: ClientUrl,
  headers: NonNullable<RequestFacts['headers']>,
): string[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const isFramed = names.has('content-length') || names.has('transfer-encoding');
  return [
    ...(names.has('host') ? [] : ['Host', host]),
    ...(authorization === null || names.has('authorization') ? [] : ['Authorization', authorization]),
    ...(method === 'POST' && !isFramed ? ['Content-Length', '0'] : []),
  ];
}

// The key is the one of the example. https://www.rfc-editor.org/rfc/rfc6455#section-1.3
const webSocketHeaders = [
  ...['Connection', 'Upgrade', 'Upgrade', 'websocket'],
  ...['Sec-WebSocket-Version', '13', 'Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
];

/** As a browser connects; an address is never sent as the server's name. */
function describeTls(hostName: string): ClientTls {
  const isAddress = /^[\d.]+$|^\[/.test(hostName);
  return {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    serverName: isAddress ? null : hostName,
  };
}
