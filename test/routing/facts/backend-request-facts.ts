import type { GatewaySpec } from '../gateway-fixture.ts';
import { type Fact, factsAbout, sources } from './fact.ts';

const { works, settings, faq, routing, rfc9110, websocket, choice } = sources;
const shop = 'http://shop.contoso.com';
const plain: GatewaySpec = { rules: [{ pool: 'web' }] };
const trace = '0123456789abcdef0123456789abcdef';

function to(name: string, value: string | null) {
  return { toServer: { [name]: value } };
}

function sending(...headers: readonly (readonly [string, string])[]) {
  return { url: `${shop}/a`, headers };
}

const added: Fact[] = factsAbout(
  {
    listeners: [{ name: 'http' }, { name: 'tls', protocol: 'Https', port: 8443 }],
    rules: [{ pool: 'web' }, { listener: 'tls', pool: 'web' }],
  },
  [
    ['X-Forwarded-For has address and port', works, `${shop}/`, to('X-Forwarded-For', '203.0.113.7:51000')],
    [
      'X-Forwarded-For is added to',
      works,
      sending(['X-Forwarded-For', '198.51.100.1']),
      to('X-Forwarded-For', '198.51.100.1, 203.0.113.7:51000'),
    ],
    [
      'X-Forwarded-For of several lines becomes one',
      choice,
      sending(['x-forwarded-for', 'a'], ['X-Forwarded-For', 'b']),
      to('X-Forwarded-For', 'a, b, 203.0.113.7:51000'),
    ],
    [
      'an empty X-Forwarded-For adds nothing',
      choice,
      sending(['X-Forwarded-For', '']),
      to('X-Forwarded-For', '203.0.113.7:51000'),
    ],
    [
      'an IPv6 address stands in brackets',
      choice,
      { url: `${shop}/`, clientIp: '2001:db8::7' },
      to('X-Forwarded-For', '[2001:db8::7]:51000'),
    ],
    ['X-Forwarded-Proto is http', works, `${shop}/`, to('X-Forwarded-Proto', 'http')],
    ['X-Forwarded-Proto is https', works, 'https://shop.contoso.com:8443/', to('X-Forwarded-Proto', 'https')],
    [
      'X-Forwarded-Proto of the client is overwritten',
      choice,
      sending(['X-Forwarded-Proto', 'https']),
      to('X-Forwarded-Proto', 'http'),
    ],
    ['X-Forwarded-Port is the frontend port', works, 'https://shop.contoso.com:8443/', to('X-Forwarded-Port', '8443')],
    [
      'X-Forwarded-Port of the client is overwritten',
      choice,
      sending(['X-Forwarded-Port', '1']),
      to('X-Forwarded-Port', '80'),
    ],
    ['X-Original-Host is the host that arrived', works, `${shop}/`, to('X-Original-Host', 'shop.contoso.com')],
    [
      'X-Original-Host keeps the port',
      choice,
      'https://shop.contoso.com:8443/',
      to('X-Original-Host', 'shop.contoso.com:8443'),
    ],
    [
      'X-Original-Host of the client is overwritten',
      choice,
      sending(['X-Original-Host', 'evil']),
      to('X-Original-Host', 'shop.contoso.com'),
    ],
    ['X-Original-URL is path and query', works, `${shop}/a%20b?c=d`, to('X-Original-URL', '/a%20b?c=d')],
    [
      'X-Original-URL of an absolute URL is its path',
      choice,
      { url: shop, target: 'http://other.contoso.com/x?y' },
      to('X-Original-URL', '/x?y'),
    ],
    [
      'X-Original-URL of the client is overwritten',
      choice,
      sending(['X-Original-URL', '/admin']),
      to('X-Original-URL', '/a'),
    ],
    ['X-AppGW-Trace-Id has 32 digits', works, `${shop}/`, to('X-AppGW-Trace-Id', trace)],
    [
      'X-AppGW-Trace-Id of the client is overwritten',
      choice,
      sending(['X-AppGW-Trace-Id', '1']),
      to('X-AppGW-Trace-Id', trace),
    ],
    ['there is no X-Forwarded-Host', 'authgear/authgear-server#1255', `${shop}/`, to('X-Forwarded-Host', null)],
    ['there is no Via', choice, `${shop}/`, to('Via', null)],
    ['X-Forwarded-Host of the client passes', choice, sending(['X-Forwarded-Host', 'a']), to('X-Forwarded-Host', 'a')],
  ],
);

const filtered: Fact[] = [
  ...factsAbout(plain, [
    ['ordinary headers pass', works, sending(['Accept', 'text/html']), to('Accept', 'text/html')],
    [
      'the affinity cookie passes',
      choice,
      sending(['Cookie', 'ApplicationGatewayAffinity=1; a=b']),
      to('Cookie', 'ApplicationGatewayAffinity=1; a=b'),
    ],
    ['credentials pass', choice, sending(['Authorization', 'Bearer x']), to('Authorization', 'Bearer x')],
    ['a name with a dot is dropped', faq, sending(['X.Y', '1']), to('X.Y', null)],
    ['a name with an underscore is dropped', 'MicrosoftDocs/azure-docs#66430', sending(['X_Y', '1']), to('X_Y', null)],
    ['a name with another sign is dropped', faq, sending(['X!Y', '1']), to('X!Y', null)],
    ['Connection stays here', rfc9110, sending(['Connection', 'keep-alive']), to('Connection', null)],
    ['Keep-Alive stays here', rfc9110, sending(['Keep-Alive', 'timeout=5']), to('Keep-Alive', null)],
    ['TE stays here', rfc9110, sending(['TE', 'trailers']), to('TE', null)],
    ['Trailer stays here', rfc9110, sending(['Trailer', 'Expires']), to('Trailer', null)],
    ['Transfer-Encoding stays here', rfc9110, sending(['Transfer-Encoding', 'chunked']), to('Transfer-Encoding', null)],
    ['Upgrade stays here', rfc9110, sending(['Upgrade', 'foo']), to('Upgrade', null)],
    ['Proxy-Connection stays here', rfc9110, sending(['Proxy-Connection', 'close']), to('Proxy-Connection', null)],
    ['Proxy-Authorization stays here', rfc9110, sending(['Proxy-Authorization', 'x']), to('Proxy-Authorization', null)],
    ['Expect is answered here', choice, sending(['Expect', '100-continue']), to('Expect', null)],
    [
      'what Connection names stays here',
      rfc9110,
      sending(['Connection', 'close, X-Mine'], ['X-Mine', '1']),
      to('X-Mine', null),
    ],
    [
      'Connection cannot hide credentials',
      choice,
      sending(['Connection', 'authorization'], ['Authorization', 'x']),
      to('Authorization', 'x'),
    ],
    [
      "Connection cannot hide the gateway's headers",
      choice,
      sending(['Connection', 'X-Forwarded-For']),
      to('X-Forwarded-For', '203.0.113.7:51000'),
    ],
    ['Content-Length passes', rfc9110, sending(['Content-Length', '5']), to('Content-Length', '5')],
  ]),
  ...factsAbout({ ...plain, generation: 'v1' }, [
    ['v1 passes a name with an underscore', 'MicrosoftDocs/azure-docs#38180', sending(['X_Y', '1']), to('X_Y', '1')],
    ['v1 passes a name with a dot', 'MicrosoftDocs/azure-docs#38180', sending(['X.Y', '1']), to('X.Y', '1')],
    ['v1 says where the client is from, too', works, `${shop}/`, to('X-Forwarded-For', '203.0.113.7:51000')],
  ]),
  ...factsAbout(
    plain,
    [
      ['allowUnderscore passes underscores', 'MicrosoftDocs/azure-docs#115331', sending(['X_Y', '1']), to('X_Y', '1')],
      ['but no dots', faq, sending(['X.Y', '1']), to('X.Y', null)],
    ],
    { allowUnderscore: true },
  ),
];

const upgrade = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ['Sec-WebSocket-Version', '13'],
] as const;

const upgrades: Fact[] = factsAbout(plain, [
  [
    'a WebSocket handshake keeps Upgrade',
    websocket,
    { url: shop, headers: upgrade, isUpgrade: true },
    to('Upgrade', 'websocket'),
  ],
  [
    'a WebSocket handshake keeps Connection',
    websocket,
    { url: shop, headers: upgrade, isUpgrade: true },
    to('Connection', 'Upgrade'),
  ],
  [
    'a WebSocket handshake keeps its key',
    websocket,
    { url: shop, headers: upgrade, isUpgrade: true },
    to('Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='),
  ],
  [
    "a WebSocket handshake gets the gateway's headers",
    websocket,
    { url: shop, headers: upgrade, isUpgrade: true },
    to('X-Forwarded-Proto', 'http'),
  ],
]);

function withSettings(own: NonNullable<GatewaySpec['settings']>[string], pool = ['10.0.0.4']): GatewaySpec {
  return { rules: [{ pool: 'web', settings: 's' }], pools: { web: pool }, settings: { s: own } };
}

const hostRewrite: GatewaySpec = {
  ...withSettings({ hostName: 'settings.contoso.com' }),
  rules: [{ pool: 'web', settings: 's', rewrites: 'set' }],
  rewrites: { set: [{ request: [['Host', 'rewrite.contoso.com']] }] },
};

const hosts: Fact[] = [
  ...factsAbout(plain, [
    ['Host passes unchanged', routing, `${shop}/`, to('Host', 'shop.contoso.com')],
    ['with its port', routing, { url: shop, host: 'shop.contoso.com:8080' }, to('Host', 'shop.contoso.com:8080')],
    [
      'the host of an absolute URL counts',
      rfc9110,
      { url: shop, target: 'http://other.contoso.com/x', host: 'a' },
      to('Host', 'other.contoso.com'),
    ],
  ]),
  ...factsAbout(withSettings({ hostName: 'api.internal' }), [
    ['hostName of the settings replaces it', settings, `${shop}/`, to('Host', 'api.internal')],
    ['the server still learns the original', works, `${shop}/`, to('X-Original-Host', 'shop.contoso.com')],
  ]),
  ...factsAbout(withSettings({ pickHostNameFromBackendAddress: true }, ['app.azurewebsites.net']), [
    [
      'pickHostNameFromBackendAddress takes the name in the pool',
      settings,
      `${shop}/`,
      to('Host', 'app.azurewebsites.net'),
    ],
  ]),
  ...factsAbout(withSettings({ pickHostNameFromBackendAddress: true }), [
    ['or the address in the pool', routing, `${shop}/`, to('Host', '10.0.0.4')],
  ]),
  ...factsAbout(withSettings({ pickHostNameFromBackendAddress: true }, ['2001:db8::4']), [
    ['an IPv6 address in brackets', choice, `${shop}/`, to('Host', '[2001:db8::4]')],
  ]),
  ...factsAbout(hostRewrite, [
    ['settings win over a rewrite of Host', choice, `${shop}/`, to('Host', 'settings.contoso.com')],
  ]),
  ...factsAbout(
    hostRewrite,
    [['hostPrecedence rewrite turns that round', choice, `${shop}/`, to('Host', 'rewrite.contoso.com')]],
    {
      hostPrecedence: 'rewrite',
    },
  ),
];

/** The rows of the page's own tables, and what they leave open. */
const overrides: Fact[] = [
  ...factsAbout(withSettings({ path: '/override/' }), [
    ['Basic rule: the path goes behind the override', settings, `${shop}/home/`, { forwarded: '/override/home/' }],
    ['Basic rule: all of it', settings, `${shop}/home/secondhome/`, { forwarded: '/override/home/secondhome/' }],
    ['Basic rule: dots do not leave the override', choice, `${shop}/a/../c/%2e%2e/b`, { forwarded: '/override/b' }],
    ['Basic rule: the root', choice, `${shop}/`, { forwarded: '/override/' }],
    ['the query stays', choice, `${shop}/home/?a=b`, { forwarded: '/override/home/?a=b' }],
  ]),
  ...factsAbout(withSettings({ path: 'override' }), [
    ['slashes are added where they miss', choice, `${shop}/home`, { forwarded: '/override/home' }],
  ]),
  ...factsAbout(withSettings({ path: '' }), [
    ['an empty override does nothing', choice, `${shop}/home`, { forwarded: '/home' }],
  ]),
  ...(
    [
      ['/pathrule*', '/pathrule/home/', '/override/home/', settings],
      ['/pathrule*', '/pathrule/home/secondhome/', '/override/home/secondhome/', settings],
      ['/pathrule*', '/home/', '/override/home/', settings],
      ['/pathrule/home*', '/pathrule/home/', '/override/', settings],
      ['/pathrule/home*', '/pathrule/home/secondhome/', '/override/secondhome/', settings],
      ['/pathrule/', '/pathrule/', '/override/', settings],
      ['/images/*', '/images/a/b.png', '/override/a/b.png', 'MicrosoftDocs/azure-docs#51222'],
      ['/Images/*', '/images/a/B.png', '/override/a/B.png', choice],
      ['/images/*', '//images//a', '/override/a', choice],
      ['/images/*', '/images/a%20b%2Fc', '/override/a%20b%2Fc', choice],
      ['/images/*', '/%69mages/a%20b', '/override/a%20b', choice],
      ['/images/*', '/%69mages/a%3Fadmin%23', '/override/a%3Fadmin%23', choice],
      ['/images/*', '/%69mages/a%0D%0AX-A:b', '/override/a%0D%0AX-A:b', choice],
      ['/images/*', '/%69mages/%C3%A4/100%2541%ff', '/override/%C3%A4/100%2541%ff', choice],
      ['/images/*', '/images/../images/a', '/override/a', choice],
      ['/images/*', '/images/b/%2e%2e/../%2E/images/a', '/override/a', choice],
    ] as const
  ).flatMap(([pattern, path, forwarded, source]) =>
    factsAbout(
      {
        rules: [{ pool: 'web', settings: 's', paths: [{ name: 'x', paths: [pattern], pool: 'web', settings: 's' }] }],
        settings: { s: { path: '/override/' } },
      },
      [[`override with '${pattern}': ${path} becomes ${forwarded}`, source, `${shop}${path}`, { forwarded }]],
    ),
  ),
  ...factsAbout(
    {
      rules: [{ pool: 'web', paths: [{ name: 'app', paths: ['/app1/*'], pool: 'web', settings: 's', rewrites: 'r' }] }],
      settings: { s: { path: '/' } },
      rewrites: { r: [{ when: [{ variable: 'var_query_string', pattern: 'move' }], path: '/moved/x' }] },
    },
    [
      ['an override of / strips the prefix', settings, `${shop}/app1/x?q=1`, { forwarded: '/x?q=1' }],
      ['an override comes after the rewrite', choice, `${shop}/app1/x?move`, { forwarded: '/moved/x?move' }],
    ],
  ),
];

export const backendRequestFacts: readonly Fact[] = [...added, ...filtered, ...upgrades, ...hosts, ...overrides];
