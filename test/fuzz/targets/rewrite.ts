import fc from 'fast-check';
import { buildBackendRequest } from '../../../src/routing/backend-request.ts';
import { buildClientResponse } from '../../../src/routing/client-response.ts';
import { compileRoutingTable } from '../../../src/routing/compile-routing-table.ts';
import { routeRequest } from '../../../src/routing/route-request.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import type { RewriteSpec } from '../../routing/gateway-spec.ts';
import { makeRequest } from '../../routing/request-fixture.ts';
import { defineTarget, pure } from '../target.ts';

const pieces = [
  'a',
  '.',
  '*',
  '+',
  '?',
  '(',
  ')',
  '[',
  ']',
  '^',
  '$',
  '|',
  '\\',
  '{2,}',
  '{1000}',
  '(?i)',
  '\\d',
  '\\p{L}',
];
const pattern = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.constantFrom('(.*)', '(a+)+$', '(a|aa)*b', '^(.+)/(.+)$', '((a*)*)*$', '(?P<n>a)', '(?=a)', '\\1', ''),
);
const variable = fc.constantFrom(
  'var_uri_path',
  'var_query_string',
  'var_request_uri',
  'var_host',
  'var_cookie_a',
  'http_req_X-Any',
  'http_resp_X-Any',
  'http_resp_Set-Cookie',
);
const placeholder = fc
  .tuple(variable, fc.constantFrom('', '_0', '_1', '_2', '_99'))
  .map(([name, group]) => `{${name}${group}}`);
const value = fc
  .array(
    fc.oneof(placeholder, fc.constantFrom('a', '/', '?', '{', '}', ' ', '%0d%0a', '{capt_header_value_matcher_1}')),
    {
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''));
const headerName = fc.constantFrom(
  'X-Out',
  'Location',
  'Set-Cookie',
  'Host',
  'Content-Length',
  'Transfer-Encoding',
  'X-Any',
);

const rule = fc.record({
  when: fc.array(fc.record({ variable, pattern, ignoreCase: fc.boolean(), negate: fc.boolean() }), { maxLength: 2 }),
  request: fc.array(fc.tuple(headerName, value), { maxLength: 2 }),
  response: fc.array(fc.tuple(headerName, value, fc.record({ pattern })), { maxLength: 2 }),
  path: value,
  query: value,
  reroute: fc.boolean(),
});

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        '/',
        '%0d%0a',
        '%0D%0AX: y',
        '%',
        '%2F',
        '..',
        '{',
        '=',
        ';',
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        '&',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

export const rewrite = defineTarget({
  name: 'rewrite',
  holds: 'rewrites of any pattern and value send nothing that ends a line or a request line',
  inputs: fc.record({ rules: fc.array(rule, { minLength: 1, maxLength: 2 }), target: text, header: text }),
  open: pure(({ rules, target, header }) => send(rules, target, fitted(header))),
});

/** What a header can be when it has passed Node's parser. */
function fitted(header: string): string {
  return header.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '');
}

function send(rules: readonly RewriteSpec[], target: string, header: string): void {
  const table = compileRoutingTable(
    makeGateway({ rules: [{ pool: 'web', rewrites: 'set' }], rewrites: { set: rules } }),
  );
  const [entryPoint] = table.entryPoints;
  if (entryPoint === undefined) throw new Error('There is no entry point.');
  const headers = [
    ['X-Any', header],
    ['Cookie', `a=${header}`],
  ] as const;
  const request = makeRequest({ url: 'http://x/', target: `/${target.replaceAll(/[^\x21-\x7e]/g, '')}`, headers });
  const route = routeRequest(entryPoint, table, request);
  if (route.outcome.kind !== 'forward') return;
  const server = { address: '10.0.0.4', kind: 'ipAddress', port: 80 } as const;
  const sent = buildBackendRequest(route, route.outcome, request, server, table);
  if (!/^\/[\x21-\x7e]*$/.test(sent.path)) throw new Error(`The backend is asked for ${JSON.stringify(sent.path)}.`);
  checkLines(sent.headers);
  const received = { status: 200, headers: ['X-Any', header, 'Set-Cookie', `a=${header}`, 'Location', header] };
  const { head } = buildClientResponse(route, route.outcome, request, received, table);
  checkLines(head.headers);
}

function checkLines(headers: readonly string[]): void {
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const line = headers[index + 1] ?? '';
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new Error(`A header is named ${JSON.stringify(name)}.`);
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(line)) throw new Error(`${name} is ${JSON.stringify(line)}.`);
  }
}
