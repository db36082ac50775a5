import type { RouteListing } from '../../routing/list-routes.ts';
import type { ClientRequest } from '../../routing/route.ts';

export interface ExampleRequest {
  readonly url: string;
  readonly request: ClientRequest;
}

/** A name that no listener is likely to have, for those that take every name. */
const anyHost = 'gateway.example.com';

/** A request that a route is made for; undefined when its patterns cannot be turned into one. */
export function exampleRequest({ protocol, port, host, path }: RouteListing): ExampleRequest | undefined {
  const isTls = protocol === 'Https';
  const hostName = host === null ? anyHost : host.replace(/\*/g, 'www').replace(/\?/g, 'a');
  const authority = port === (isTls ? 443 : 80) ? hostName : `${hostName}:${port}`;
  const target = examplePath(path);
  const url = `${isTls ? 'https' : 'http'}://${authority}${target}`;
  if (!URL.canParse(url)) return undefined;
  return {
    url,
    request: {
      method: 'GET',
      url: target,
      httpVersion: '1.1',
      scheme: isTls ? 'https' : 'http',
      rawHeaders: ['Host', authority],
      clientIp: '127.0.0.1',
      clientPort: 50000,
      serverPort: port,
      traceId: '0'.repeat(32),
      tls: isTls ? { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', serverName: hostName } : null,
    },
  };
}

/** `/images/*` → `/images/example`. */
function examplePath(pattern: string | null): string {
  if (pattern === null) return '/';
  const path = pattern.replace(/\*$/, 'example');
  return path.startsWith('/') ? path : `/${path}`;
}
