import { describe, expect, test } from 'vitest';
import { EmulatorError } from '../../src/base/errors.ts';
import { compileRoutingTable } from '../../src/routing/compile-routing-table.ts';
import type { RequestFacts } from '../../src/routing/described-request.ts';
import { explainRequest } from '../../src/routing/explain.ts';
import { type GatewaySpec, makeGateway } from './gateway-fixture.ts';

const shop: GatewaySpec = {
  listeners: [
    { name: 'blog', hosts: ['*.contoso.com'] },
    { name: 'shop', hosts: ['contoso.com', 'www.contoso.net'] },
    { name: 'secure', protocol: 'Https' },
  ],
  rules: [
    { name: 'blog-rule', listener: 'blog', pool: 'blog' },
    {
      name: 'shop-rule',
      listener: 'shop',
      pool: 'web',
      paths: [
        { name: 'images', paths: ['/images/*'], pool: 'images', settings: 'tls', rewrites: 'set' },
        { name: 'empty', paths: ['/empty'], pool: 'nobody' },
        { name: 'old', paths: ['/old'], redirect: { to: 'secure', path: true } },
      ],
    },
    { name: 'secure-rule', listener: 'secure', pool: 'web' },
  ],
  pools: { images: ['10.0.2.4', '10.0.2.5'], nobody: [] },
  settings: { tls: { protocol: 'Https', port: 8443, hostName: 'images.internal' } },
  rewrites: {
    set: [
      {
        name: 'pretty',
        when: [{ variable: 'var_uri_path', pattern: '/images/(\\w+)' }],
        path: '/static/{var_uri_path_1}',
        request: [['Host', 'rewritten.contoso.com']],
      },
      { name: 'never', when: [{ variable: 'http_req_X-None', pattern: '.+' }], query: 'x' },
      { name: 'later', response: [['X-Served', 'yes']] },
    ],
  },
};

function explain(facts: RequestFacts | string) {
  const table = compileRoutingTable(makeGateway(shop));
  return explainRequest(table, typeof facts === 'string' ? { url: facts } : facts);
}

test('tells where a request goes, as what, and every reason', () => {
  const headers = [
    ['X_Odd', '1'],
    ['TE', 'trailers'],
  ] as const;
  const explanation = explain({ url: 'http://contoso.com/images/cat?x=1', headers, clientIp: '198.51.100.1' });
  expect(explanation).toEqual({
    listener: 'shop',
    rule: 'shop-rule',
    pathRule: 'images',
    rewrites: [
      {
        ruleSet: 'set',
        rule: 'pretty',
        changes: [
          { target: 'requestHeader', name: 'Host', value: 'rewritten.contoso.com' },
          { target: 'path', name: null, value: '/static/cat' },
        ],
      },
    ],
    redirect: null,
    pool: 'images',
    settings: 'tls',
    backendUrl: 'https://10.0.2.4:8443/static/cat?x=1',
    requestHeaders: {
      Host: 'images.internal',
      'X-Forwarded-For': '198.51.100.1:50000',
      'X-Forwarded-Proto': 'http',
      'X-Forwarded-Port': '80',
      'X-Original-Host': 'contoso.com',
      'X-Original-URL': '/images/cat?x=1',
      'X-AppGW-Trace-Id': '00000000000000000000000000000000',
    },
    status: null,
    steps: expect.any(Array),
  });
  expect(explanation.steps.map(({ why }) => why)).toEqual([
    "Listener 'blog' not chosen: its host name '*.contoso.com' does not match 'contoso.com'.",
    "Listener 'shop' chosen: its host name 'contoso.com' matches 'contoso.com'.",
    "Rule 'shop-rule' (priority 20), PathBasedRouting, answers for listener 'shop'.",
    "Path rule 'images' chosen: '/images/*' matches '/images/cat'.",
    "Rewrite rule 'pretty': var_uri_path must match '/images/(\\w+)'; it is '/images/cat', so the condition holds, capturing 1 = 'cat'.",
    "Rewrite rule 'pretty' of set 'set' runs: request header 'Host' becomes 'rewritten.contoso.com', the path becomes '/static/cat'.",
    "Rewrite rule 'never': http_req_X-None must match '.+'; it is '', so the condition does not hold.",
    "Backend pool 'images', whose 2 members take turns, gets '/static/cat?x=1' by settings 'tls'.",
    "The server sees Host 'images.internal' by hostName of settings 'tls'. They win over the rewrite, which set 'rewritten.contoso.com'.",
    "Header 'X_Odd' does not reach the server: names of letters, digits and hyphens do.",
    "Header 'TE' does not reach the server: it concerns the client's connection.",
    "Rewrite rule 'later' rewrites 'X-Served' when the response arrives.",
  ]);
});

test('tells why no listener answers', () => {
  const explanation = explain('http://contoso.org/');
  expect(explanation).toMatchObject({ listener: null, status: 404, pool: null, requestHeaders: null });
  expect(explanation.steps.map(({ outcome, why }) => [outcome, why])).toEqual([
    ['passed over', "Listener 'blog' not chosen: its host name '*.contoso.com' does not match 'contoso.org'."],
    [
      'passed over',
      "Listener 'shop' not chosen: its host names 'contoso.com', 'www.contoso.net' do not match 'contoso.org'.",
    ],
    [
      'respond',
      "No listener on this port answers to 'contoso.org'; one does that has the name among its hostNames. " +
        'The gateway answers 404.',
    ],
  ]);
});

test('tells which path rules were passed over', () => {
  const { pathRule, pool, steps } = explain('http://contoso.com/other');
  expect({ pathRule, pool }).toEqual({ pathRule: null, pool: 'web' });
  expect(steps.filter(({ stage }) => stage === 'path').map(({ why }) => why)).toEqual([
    "Path rule 'images' not chosen: '/images/*' does not match '/other'.",
    "Path rule 'empty' not chosen: '/empty' does not match '/other'.",
    "Path rule 'old' not chosen: '/old' does not match '/other'.",
    "No path rule of rule 'shop-rule' takes '/other'; its map's default does.",
  ]);
});

test('tells of a redirect', () => {
  expect(explain('http://contoso.com/old')).toMatchObject({
    pathRule: 'old',
    redirect: { status: 301, location: 'https://contoso.com/old' },
    status: 301,
    pool: null,
    backendUrl: null,
  });
});

test('tells that an empty pool answers 502', () => {
  const explanation = explain('http://contoso.com/empty');
  expect(explanation).toMatchObject({ pool: 'nobody', status: 502, backendUrl: null, requestHeaders: null });
  expect(explanation.steps.at(-1)?.why).toBe("Backend pool 'nobody' has no members. The gateway answers 502.");
});

test.each([
  [
    'http://contoso.com:9999/',
    null,
    'No listener with a rule waits on port 9999; the connection times out. This gateway listens on port 80, 443.',
  ],
  ['http://contoso.com:443/', 400, 'Port 443 speaks HTTPS; the gateway answers plain HTTP with 400.'],
  ['https://contoso.com:80/', null, 'Port 80 speaks plain HTTP; the TLS handshake fails.'],
])('tells what %s comes to', (url, status, why) => {
  const explanation = explain(url);
  expect(explanation).toMatchObject({ listener: null, status });
  expect(explanation.steps.map((step) => step.why)).toEqual([why]);
});

test('a Host among the headers counts instead of the one in the URL', () => {
  const explanation = explain({ url: 'http://203.0.113.1/', headers: [['Host', 'contoso.com']] });
  expect(explanation.listener).toBe('shop');
});

test('the URL reaches the gateway as it was written', () => {
  expect(explain('http://contoso.com/a/../images/%41#top').requestHeaders?.['X-Original-URL']).toBe('/a/../images/%41');
});

test.each([
  ['http://contoso.com:80/', { Host: 'contoso.com' }],
  ['http://contoso.com:80:80/', null],
  ['http://joe:s%40cret@contoso.com/', { Host: 'contoso.com', Authorization: 'Basic am9lOnNAY3JldA==' }],
  ['http://joe@contoso.com:80/', { Host: 'contoso.com', Authorization: 'Basic am9lOg==' }],
])('%s is asked for as browsers and curl do', (url, sent) => {
  const { requestHeaders } = explain({ url });
  if (sent === null) expect(requestHeaders).toBeNull();
  else expect(requestHeaders).toMatchObject(sent);
});

test('credentials in the headers count instead of those in the URL', () => {
  const headers = [['authorization', 'Bearer x']] as const;
  const { requestHeaders } = explain({ url: 'http://joe@contoso.com/', headers });
  expect(requestHeaders).toMatchObject({ authorization: 'Bearer x' });
  expect(requestHeaders).not.toHaveProperty('Authorization');
});

test('a header may have any name', () => {
  const { requestHeaders } = explain({
    url: 'http://contoso.com/',
    headers: [
      ['constructor', 'x'],
      ['a', '1'],
      ['a', '2'],
    ],
  });
  expect(requestHeaders).toMatchObject({ constructor: 'x', a: '1, 2' });
});

test.each(['contoso.com/x', 'ftp://contoso.com/', '', 'http:///x'])('%j is no URL of a gateway', (url) => {
  expect(() => explain(url)).toThrow(EmulatorError);
});

describe('what many expect and does not happen', () => {
  const table = compileRoutingTable(
    makeGateway({
      rules: [
        {
          pool: 'web',
          rewrites: 'security',
          paths: [
            { name: 'all', paths: ['/app/*'], pool: 'web', settings: 'inner' },
            { name: 'own', paths: ['/own/*'], pool: 'web', rewrites: 'security' },
          ],
        },
      ],
      settings: { inner: { path: '/v2/' } },
      rewrites: { security: [{ request: [['X-Safe', '']] }] },
    }),
  );
  const whys = (path: string) =>
    explainRequest(table, { url: `http://a${path}` })
      .steps.filter(({ stage }) => stage === 'rewrite' || stage === 'backend')
      .map(({ outcome, why }) => `${outcome}: ${why}`);

  test("rewrites of the default for a path rule's request; an override path is told of", () => {
    expect(whys('/app/x')).toEqual([
      "passed over: Rewrite set 'security' does not run: it is for the default of rule 'rule1' alone.",
      "next: Override path '/v2/' of settings 'inner' makes '/v2/x' of '/app/x'.",
      "next: Backend pool 'web' gets '/v2/x' by settings 'inner'.",
    ]);
  });

  test('nothing is told where the path rule has the same set', () => {
    expect(whys('/own/x')).toEqual([
      "next: Rewrite rule 'rewrite1' of set 'security' runs: request header 'X-Safe' is removed.",
      "next: Backend pool 'web' gets '/own/x' by settings 'settings'.",
    ]);
  });
});

test('has one form, to which only a rule of an advanced routing map adds', () => {
  const fields = [
    ...['listener', 'rule', 'pathRule', 'rewrites', 'redirect', 'pool', 'settings', 'backendUrl', 'requestHeaders'],
    ...['status', 'steps'],
  ];
  const table = compileRoutingTable(makeGateway(shop));
  for (const url of ['http://contoso.com/old', 'http://contoso.com/images/cat', 'http://nobody/', 'http://x:81/']) {
    expect(Object.keys(explainRequest(table, { url }))).toEqual(fields);
  }
  const spec = { rules: [{ pool: 'web', advanced: [{ name: 'all', pool: 'new' }] }] };
  const explanation = explainRequest(compileRoutingTable(makeGateway(spec)), { url: 'http://x/' });
  expect(Object.keys(explanation).filter((name) => !fields.includes(name))).toEqual(['advancedRoutingRule']);
  expect(explanation.advancedRoutingRule).toBe('all');
});

test('says that a listener demands a client certificate, of which nothing is known', () => {
  const spec: GatewaySpec = {
    listeners: [{ name: 'secure', protocol: 'Https', clientCertificates: 'Strict' }],
    rules: [{ listener: 'secure', pool: 'web' }],
  };
  const { pool, steps } = explainRequest(compileRoutingTable(makeGateway(spec)), { url: 'https://contoso.com/' });
  expect(pool).toBe('web');
  expect(steps.map(({ why }) => why)).toContain(
    "Listener 'secure' demands a client certificate; the request counts as one that shows a good one.",
  );
});

test.each([
  [
    'http://contoso.com/',
    'GET123',
    [],
    'The method has other characters than capital letters, hyphens and underscores.',
  ],
  ['http://contoso.com/', 'get', [], 'The method has other characters than capital letters, hyphens and underscores.'],
  ['http://contoso.com/', 'PUT', [['Content-Length', '-1']], 'Content-Length is not a number.'],
  [
    'http://contoso.com/',
    'PUT',
    [
      ['Content-Length', '1'],
      ['Transfer-Encoding', 'chunked'],
    ],
    'The request has both a Content-Length and chunked transfer encoding.',
  ],
] as const)("%s by %s with %j is refused as the listener's parser does", (url, method, headers, why) => {
  const { status, steps } = explain({ url, method, headers });
  expect([status, steps[0]?.why]).toEqual([400, `${why} The gateway answers 400.`]);
});

test.each([
  ['ws://contoso.com/chat', 'shop'],
  ['wss://contoso.com/chat', 'secure'],
])('%s asks for WebSocket', (url, listener) => {
  const explanation = explain({ url });
  expect(explanation.listener).toBe(listener);
  expect(explanation.requestHeaders).toMatchObject({ Connection: 'Upgrade', Upgrade: 'websocket' });
});

test.each(['nobody', '10.0.0.0/8', '10.0.0.256', ''])("'%s' is not the address of a client", (clientIp) => {
  expect(() => explain({ url: 'http://contoso.com/', clientIp })).toThrow(
    `'${clientIp}' is not the address of a client.`,
  );
});

test('a client may have an address of IPv6', () => {
  const { requestHeaders } = explain({ url: 'http://contoso.com/', clientIp: '2001:db8::7' });
  expect(requestHeaders?.['X-Forwarded-For']).toBe('[2001:db8::7]:50000');
});
