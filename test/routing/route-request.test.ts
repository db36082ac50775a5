import { expect, test } from 'vitest';
import { buildBackendRequest } from '../../src/routing/backend-request.ts';
import { buildClientResponse } from '../../src/routing/client-response.ts';
import { compileRoutingTable } from '../../src/routing/compile-routing-table.ts';
import { routeRequest } from '../../src/routing/route-request.ts';
import { makeGateway } from './gateway-fixture.ts';
import { makeRequest } from './request-fixture.ts';

test('a request passes through listener, rule, path, rewrites and back', () => {
  const table = compileRoutingTable(
    makeGateway({
      listeners: [{ name: 'shop', hosts: ['shop.contoso.com'] }],
      rules: [{ pool: 'web', paths: [{ paths: ['/images/*'], pool: 'images', rewrites: 'set' }] }],
      rewrites: {
        set: [
          {
            when: [{ variable: 'var_uri_path', pattern: '/images/(.*)' }],
            path: '/static/{var_uri_path_1}',
            request: [['X-Via', 'agate']],
            response: [['X-Served', '{http_resp_Server}']],
          },
        ],
      },
    }),
  );
  const [entryPoint] = table.entryPoints;
  if (entryPoint === undefined) throw new Error('no entry point');
  const request = makeRequest({ url: 'http://shop.contoso.com/images/cat.png?x=1' });
  const route = routeRequest(entryPoint, table, request);
  if (route.outcome.kind !== 'forward') throw new Error(route.outcome.kind);
  expect(route.outcome.pool?.name).toBe('images');
  const server = { address: '10.0.0.4', kind: 'ipAddress', port: 80 } as const;
  expect(buildBackendRequest(route, route.outcome, request, server, table)).toEqual({
    method: 'GET',
    path: '/static/cat.png?x=1',
    host: 'shop.contoso.com',
    headers: [
      ['Host', 'shop.contoso.com'],
      ['X-Via', 'agate'],
      ['X-Forwarded-For', '203.0.113.7:51000'],
      ['X-Forwarded-Proto', 'http'],
      ['X-Forwarded-Port', '80'],
      ['X-Original-Host', 'shop.contoso.com'],
      ['X-Original-URL', '/images/cat.png?x=1'],
      ['X-AppGW-Trace-Id', '0123456789abcdef0123456789abcdef'],
    ].flat(),
  });
  const response = { status: 200, headers: ['Server', 'nginx', 'Connection', 'close'] };
  const { head } = buildClientResponse(route, route.outcome, request, response, table);
  expect(head).toEqual({ status: 200, headers: ['Server', 'nginx', 'X-Served', 'nginx'] });
});
