import { type Fact, factsAbout, sources } from './fact.ts';

const { listeners, multisite, codes, rules, components, choice } = sources;

const sites = {
  listeners: [
    { name: 'shop', hosts: ['shop.contoso.com'] },
    { name: 'blog', hosts: ['blog.contoso.com', 'news.contoso.com'] },
    { name: 'any-contoso', hosts: ['*.contoso.com'] },
    { name: 'tenant', hosts: ['w??.fabrikam*.edu.*'] },
    { name: 'short', hosts: ['????.tailspin.com'] },
  ],
  rules: ['shop', 'blog', 'any-contoso', 'tenant', 'short'].map((name) => ({ listener: name, pool: name })),
};

const names: Fact[] = factsAbout(sites, [
  ['a name chooses its listener', listeners, 'http://shop.contoso.com/', { listener: 'shop' }],
  ['a listener may have several names', multisite, 'http://news.contoso.com/', { listener: 'blog' }],
  ['a wildcard takes what no plain name takes', multisite, 'http://mail.contoso.com/', { listener: 'any-contoso' }],
  ['an asterisk crosses labels', multisite, 'http://a.b.contoso.com/', { listener: 'any-contoso' }],
  ['an asterisk may stand for one character', multisite, 'http://a.contoso.com/', { listener: 'any-contoso' }],
  ['a wildcard does not take the bare domain', choice, 'http://contoso.com/', { listener: null, status: 404 }],
  ['an asterisk stands for at least one character', choice, 'http://.contoso.com/', { listener: null, status: 404 }],
  ['question marks and asterisks mix', multisite, 'http://www.fabrikam-uk.edu.au/', { listener: 'tenant' }],
  ['a question mark stands for exactly one character', multisite, 'http://ww.fabrikam1.edu.au/', { status: 404 }],
  ['a question mark is not two characters', multisite, 'http://wwww.fabrikam1.edu.au/', { status: 404 }],
  ['four question marks take four characters', multisite, 'http://west.tailspin.com/', { listener: 'short' }],
  ['four question marks do not take five', multisite, 'http://south.tailspin.com/', { listener: null }],
  ['a wildcard takes no underscore', multisite, 'http://a_b.contoso.com/', { listener: null }],
  ['the name may be in any case', choice, 'http://SHOP.Contoso.COM/', { listener: 'shop' }],
  [
    'the port in Host does not matter',
    choice,
    { url: 'http://x/', host: 'shop.contoso.com:8080' },
    { listener: 'shop' },
  ],
  ['a port without digits is none', choice, { url: 'http://x/', host: 'shop.contoso.com:' }, { listener: 'shop' }],
  ['one dot at the end does not matter', choice, 'http://shop.contoso.com./', { listener: 'shop' }],
  ['two dots at the end do', choice, 'http://shop.contoso.com../', { listener: null }],
  [
    'an unknown name gets 404',
    codes,
    'http://www.example.com/',
    { listener: null, status: 404, errorInfo: 'ERRORINFO_INVALID_HOST' },
  ],
  ['an address reaches no multi-site listener', codes, 'http://203.0.113.10/', { status: 404 }],
  ['an IPv6 address reaches no multi-site listener', choice, 'http://[2001:db8::1]/', { status: 404 }],
  [
    'a request without Host gets 400',
    codes,
    { url: 'http://x/', host: null },
    { listener: null, status: 400, errorInfo: 'ERRORINFO_HTTP_NO_HOST_HEADER' },
  ],
  [
    'a Host with two ports gets 400',
    codes,
    { url: 'http://x/', host: 'example.com:8090:8080' },
    { status: 400, errorInfo: 'ERRORINFO_INVALID_HOST' },
  ],
  ['an empty Host gets 400', codes, { url: 'http://x/', host: '' }, { status: 400 }],
  ['a Host with a blank gets 400', codes, { url: 'http://x/', host: 'shop contoso.com' }, { status: 400 }],
  ['a Host with a slash gets 400', codes, { url: 'http://x/', host: 'shop.contoso.com/x' }, { status: 400 }],
  ['a Host with user data gets 400', codes, { url: 'http://x/', host: 'me@shop.contoso.com' }, { status: 400 }],
  [
    'a Host with a port of letters gets 400',
    codes,
    { url: 'http://x/', host: 'shop.contoso.com:http' },
    { status: 400 },
  ],
  ['a Host that is not ASCII gets 400', codes, { url: 'http://x/', host: 'shöp.contoso.com' }, { status: 400 }],
  [
    'two Host headers get 400',
    codes,
    { url: 'http://shop.contoso.com/', headers: [['host', 'blog.contoso.com']] },
    { status: 400, errorInfo: 'ERRORINFO_INVALID_REQUEST' },
  ],
  [
    'a name under localhost stands for the name before it',
    choice,
    { url: 'http://x/', host: 'shop.contoso.com.localhost:8080' },
    { listener: 'shop', toServer: { Host: 'shop.contoso.com', 'X-Original-Host': 'shop.contoso.com' } },
  ],
  ['so does one that a wildcard takes', choice, 'http://mail.contoso.com.localhost/', { listener: 'any-contoso' }],
  ['localhost behind an unknown name stays unknown', choice, 'http://www.example.com.localhost/', { listener: null }],
  ['localhost alone is a name like others', choice, 'http://localhost/', { listener: null, status: 404 }],
]);

const withCatchAll = {
  listeners: [{ name: 'shop', hosts: ['shop.contoso.com'] }, { name: 'all' }],
  rules: [
    { listener: 'shop', pool: 'shop', priority: 1 },
    { listener: 'all', pool: 'all', priority: 20000 },
  ],
};

const catchAll: Fact[] = [
  ...factsAbout(withCatchAll, [
    ['a basic listener takes every name left over', listeners, 'http://www.example.com/', { listener: 'all' }],
    ['a basic listener takes an address', listeners, 'http://203.0.113.10/', { listener: 'all' }],
    [
      'a multi-site listener of higher priority goes first',
      listeners,
      'http://shop.contoso.com/',
      { listener: 'shop' },
    ],
    ['a missing Host is refused even so', codes, { url: 'http://x/', host: null }, { status: 400 }],
    [
      'a name under localhost that none names stays',
      choice,
      'http://a.localhost/',
      { toServer: { Host: 'a.localhost' } },
    ],
  ]),
  ...factsAbout({ listeners: [{ name: 'blank', hosts: [''] }], rules: [{ pool: 'web' }] }, [
    ['a blank host name takes every name', multisite, 'http://www.example.com/', { listener: 'blank' }],
  ]),
];

function twoListeners(
  generation: 'v1' | 'v2',
  [first, second]: readonly [readonly string[], readonly string[]],
  [priority1, priority2]: readonly [number | null, number | null],
) {
  return {
    generation,
    listeners: [
      { name: 'first', hosts: first },
      { name: 'second', hosts: second },
    ],
    rules: [
      { listener: 'first', pool: 'first', priority: priority1 },
      { listener: 'second', pool: 'second', priority: priority2 },
    ],
  };
}

const exact = ['shop.contoso.com'];
const wildcard = ['*.contoso.com'];
const basic: readonly string[] = [];
const shop = 'http://shop.contoso.com/';

const order: Fact[] = [
  ...factsAbout(twoListeners('v2', [exact, wildcard], [20, 10]), [
    ['v2: a wildcard of higher priority hides a plain name', multisite, shop, { listener: 'second' }],
  ]),
  ...factsAbout(twoListeners('v2', [exact, wildcard], [10, 20]), [
    ['v2: a plain name of higher priority is seen', multisite, shop, { listener: 'first' }],
  ]),
  ...factsAbout(twoListeners('v2', [exact, basic], [20, 10]), [
    ['v2: a basic listener of higher priority hides all others', listeners, shop, { listener: 'second' }],
  ]),
  ...factsAbout(twoListeners('v2', [exact, exact], [20, 10]), [
    ['v2: of two listeners for one name the second is never reached', rules, shop, { listener: 'second' }],
  ]),
  ...factsAbout(twoListeners('v2', [exact, wildcard], [null, 10]), [
    ['v2: a rule without priority comes after those with one', choice, shop, { listener: 'second' }],
  ]),
  ...factsAbout(twoListeners('v2', [wildcard, exact], [null, null]), [
    ['v2 without priorities: a plain name goes before a wildcard', multisite, shop, { listener: 'second' }],
    ['v2 without priorities: the wildcard takes the rest', multisite, 'http://a.contoso.com/', { listener: 'first' }],
  ]),
  ...factsAbout(twoListeners('v2', [basic, wildcard], [null, null]), [
    ['v2 without priorities: a wildcard goes before a basic listener', multisite, shop, { listener: 'second' }],
    ['v2 without priorities: the basic listener takes the rest', multisite, 'http://a/', { listener: 'first' }],
  ]),
  ...factsAbout(twoListeners('v2', [wildcard, ['shop.*']], [null, null]), [
    ['v2 without priorities: of two wildcards the first listed wins', choice, shop, { listener: 'first' }],
  ]),
  ...factsAbout(twoListeners('v1', [basic, exact], [20, 10]), [
    ['v1: the first rule listed wins, whatever its priority', listeners, shop, { listener: 'first' }],
  ]),
  ...factsAbout(twoListeners('v1', [exact, basic], [null, null]), [
    ['v1: a basic listener listed last leaves others alone', listeners, shop, { listener: 'first' }],
    ['v1: and takes every other name', listeners, 'http://www.example.com/', { listener: 'second' }],
  ]),
  ...factsAbout(twoListeners('v1', [exact, exact], [null, null]), [
    ['v1: an unknown name is not answered', choice, 'http://www.example.com/', { listener: null }],
  ]),
];

const places: Fact[] = factsAbout(
  {
    listeners: [
      { name: 'http' },
      { name: 'https', protocol: 'Https' },
      { name: 'admin', port: 8080 },
      { name: 'unused', hosts: ['shop.contoso.com'] },
    ],
    rules: [
      { listener: 'http', pool: 'http' },
      { listener: 'https', pool: 'https' },
      { listener: 'admin', pool: 'admin' },
    ],
  },
  [
    ['port 80 has its own listener', listeners, 'http://a/', { listener: 'http', pool: 'http' }],
    ['port 443 has its own listener', listeners, 'https://a/', { listener: 'https', pool: 'https' }],
    ['another port has its own listener', components, 'http://a:8080/', { listener: 'admin', pool: 'admin' }],
    ['a listener without a rule takes nothing', sources.tcp, shop, { listener: 'http' }],
  ],
);

const guarded = {
  listeners: [
    { name: 'open', protocol: 'Https', hosts: ['open.contoso.com'] },
    { name: 'guarded', protocol: 'Https', hosts: ['guarded.contoso.com'], clientCertificates: 'Strict' },
    { name: 'curious', protocol: 'Https', hosts: ['curious.contoso.com'], clientCertificates: 'Passthrough' },
  ],
  rules: ['open', 'guarded', 'curious'].map((listener) => ({ listener, pool: 'web' })),
} as const;

function connectedTo(serverName: string, host: string) {
  return { url: `https://${host}/`, serverName };
}

const serverNames: Fact[] = [
  ...factsAbout(guarded, [
    [
      'TLS: Host chooses the listener, whatever the server name',
      choice,
      connectedTo('curious.contoso.com', 'open.contoso.com'),
      { listener: 'open' },
    ],
    [
      'TLS: the right server name reaches a guarded listener',
      choice,
      connectedTo('guarded.contoso.com', 'guarded.contoso.com'),
      { listener: 'guarded' },
    ],
    [
      'TLS: so does it under localhost',
      choice,
      connectedTo('guarded.contoso.com.localhost', 'guarded.contoso.com'),
      { listener: 'guarded' },
    ],
    [
      'TLS: another server name does not',
      choice,
      connectedTo('open.contoso.com', 'guarded.contoso.com'),
      { listener: null, status: 400, errorInfo: 'ERRORINFO_HTTPS_NO_CERT' },
    ],
    ['TLS: nor does none', choice, 'https://guarded.contoso.com/', { status: 400 }],
    [
      'TLS: an unknown one stands for the first listener',
      choice,
      connectedTo('x.org', 'guarded.contoso.com'),
      { status: 400 },
    ],
    [
      'TLS: a listener that only asks for certificates is not guarded',
      choice,
      connectedTo('open.contoso.com', 'curious.contoso.com'),
      { listener: 'curious' },
    ],
  ]),
  ...factsAbout(
    guarded,
    [
      [
        'TLS: serverNameMismatch allow lets it through',
        choice,
        connectedTo('open.contoso.com', 'guarded.contoso.com'),
        { listener: 'guarded' },
      ],
    ],
    {
      serverNameMismatch: 'allow',
    },
  ),
];

export const listenerFacts: readonly Fact[] = [...names, ...catchAll, ...order, ...places, ...serverNames];
