import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildBackendRequest } from '../../src/routing/backend-request.ts';
import { checkRequest } from '../../src/routing/check-request.ts';
import { buildClientResponse } from '../../src/routing/client-response.ts';
import { compileRoutingTable } from '../../src/routing/compile-routing-table.ts';
import { explainClientRequest } from '../../src/routing/explain.ts';
import { routeRequest } from '../../src/routing/route-request.ts';
import { makeGateway } from './gateway-fixture.ts';
import { makeRequest } from './request-fixture.ts';

const table = compileRoutingTable(
  makeGateway({
    listeners: [{ name: 'named', hosts: ['*.a', 'b'] }, { name: 'all' }],
    rules: [
      {
        listener: 'named',
        pool: 'web',
        rewrites: 'set',
        settings: 'override',
        paths: [
          { paths: ['/a*', '/%'], pool: 'web', rewrites: 'set', settings: 'override' },
          { paths: ['/r*'], redirect: { to: 'all', path: true, query: true } },
        ],
      },
      { listener: 'all', pool: 'web', rewrites: 'set' },
    ],
    settings: { override: { path: '/o' } },
    rewrites: {
      set: [
        {
          when: [{ variable: 'var_uri_path', pattern: '(.*)a(.*)' }],
          path: '{var_uri_path_2}{http_req_X-Any}',
          query: '{var_query_string}{var_client_user}',
          reroute: true,
          request: [['X-Out', '{http_req_X-Any}{var_client_user}{var_cookie_a}']],
          response: [['X-Back', '{http_resp_X-Any}{var_client_user}']],
        },
      ],
    },
  }),
);

const text = fc.string({ unit: 'binary', maxLength: 12 });
const piece = fc.oneof(
  text,
  fc.constantFrom('/', '..', '%2F', '%', '?', '#', 'a', 'r', '//', '*', 'http://', '[::1]', ':'),
);
const url = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const header = fc.tuple(
  fc.constantFrom('X-Any', 'Authorization', 'Cookie', 'Connection', 'Host', 'x_y', '', '__proto__'),
  piece,
);
const host = fc.oneof(fc.constantFrom('x.a', 'b', 'c', 'b.localhost', 'B.'), url);

test('whatever a client sends, routing comes to a decision that can be written on a wire', () => {
  const [entryPoint] = table.entryPoints;
  if (entryPoint === undefined) throw new Error('no entry point');
  const kinds = new Set<string>();
  fc.assert(
    fc.property(url, host, fc.array(header, { maxLength: 4 }), (target, hostHeader, headers) => {
      const request = makeRequest({ url: 'http://x/', target, host: hostHeader, headers });
      const route = routeRequest(entryPoint, table, request);
      kinds.add(route.outcome.kind);
      const { problem } = checkRequest(request, table.gateway.sku.generation);
      const explanation = explainClientRequest(table, entryPoint, request);
      if (problem === null) expect(explanation.listener).toBe(route.listener?.name ?? null);
      else expect(explanation.status).toBe(problem.status);
      if (route.outcome.kind !== 'forward') return;
      const server = { address: '10.0.0.4', kind: 'ipAddress', port: 80 } as const;
      const sent = buildBackendRequest(route, route.outcome, request, server, table);
      expect(sent.path).toMatch(/^\//);
      if (route.rewrites.length > 0) expect(sent.path).toMatch(/^[\x21-\x7e]+$/);
      expect(lineOf(sent.headers, 'X-Out')).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
      const response = { status: 200, headers: headers.flat() };
      const { head } = buildClientResponse(route, route.outcome, request, response, table);
      expect(lineOf(head.headers, 'X-Back')).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
    }),
    // One of each kind for certain; chance alone does not always come upon the redirect.
    {
      numRuns: 5000,
      examples: [
        ['/r/x', 'b', []],
        ['/', 'c', []],
        ['x', 'b', []],
      ],
    },
  );
  expect(kinds).toEqual(new Set(['forward', 'redirect', 'respond']));
});

function lineOf(headers: readonly string[], name: string): string {
  const at = headers.indexOf(name);
  return at === -1 ? '' : (headers[at + 1] ?? '');
}
