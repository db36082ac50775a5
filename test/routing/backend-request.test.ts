import { expect, test } from 'vitest';
import { allHeaders } from '../../src/rewrite/raw-headers.ts';
import { buildBackendRequest } from '../../src/routing/backend-request.ts';
import type { ClientRequest } from '../../src/routing/route.ts';
import { routeRequest } from '../../src/routing/route-request.ts';
import { prepare } from './decide.ts';

const server = { address: '10.0.0.4', kind: 'ipAddress', port: 80 } as const;

function send(change: Partial<ClientRequest>, generation: 'v1' | 'v2' = 'v2') {
  const { table, entryPoint, request } = prepare({
    gateway: { generation, rules: [{ pool: 'web' }] },
    request: { url: 'http://shop.contoso.com/' },
  });
  const changed = { ...request, ...change };
  const route = routeRequest(entryPoint, table, changed);
  if (route.outcome.kind !== 'forward') throw new Error(`expected to forward, not to ${route.outcome.kind}`);
  return buildBackendRequest(route, route.outcome, changed, server, table);
}

test('cookies of HTTP/2, one a line, become one line', () => {
  const rawHeaders = [':authority', 'shop.contoso.com', 'cookie', 'a=1', 'accept', '*/*', 'cookie', 'b=2'];
  const { headers } = send({ httpVersion: '2.0', rawHeaders });
  expect(allHeaders(headers, 'cookie')).toEqual(['a=1; b=2']);
});

test.each(['v1', 'v2'] as const)('%s: pseudo-headers of HTTP/2 do not reach the server', (generation) => {
  const rawHeaders = [':method', 'GET', ':path', '/', ':scheme', 'https', ':authority', 'shop.contoso.com'];
  const { headers, host } = send({ httpVersion: '2.0', rawHeaders }, generation);
  expect(host).toBe('shop.contoso.com');
  expect(headers.filter((name) => name.startsWith(':'))).toEqual([]);
});

test('the request that arrived is not changed', () => {
  const rawHeaders = Object.freeze(['Host', 'a', 'Connection', 'close', 'X-Forwarded-For', 'b']);
  send({ rawHeaders });
  expect(rawHeaders).toEqual(['Host', 'a', 'Connection', 'close', 'X-Forwarded-For', 'b']);
});
