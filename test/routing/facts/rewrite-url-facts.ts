import type { GatewaySpec } from '../gateway-fixture.ts';
import { type Fact, factsAbout, sources } from './fact.ts';
import { didNotRun, marked, ran, rewriting } from './rewriting.ts';

const { rewrite, rewriteProblems, arm, choice } = sources;
const emptyQuery = 'hashicorp/terraform-provider-azurerm#13894';
const shop = 'http://shop.contoso.com';

const urls: Fact[] = [
  ...factsAbout(
    rewriting({
      when: [{ variable: 'var_uri_path', pattern: '/(.+)/(.+)' }],
      path: 'buy.aspx',
      query: 'category={var_uri_path_1}&product={var_uri_path_2}',
    }),
    [
      [
        'a pretty URL becomes a query',
        rewrite,
        `${shop}/fashion/shirts`,
        { forwarded: '/buy.aspx?category=fashion&product=shirts' },
      ],
      ['a URL that does not fit stays', rewrite, `${shop}/fashion`, { forwarded: '/fashion' }],
      ['the server is told the original URL', choice, `${shop}/a/b?c`, { toServer: { 'X-Original-URL': '/a/b?c' } }],
    ],
  ),
  ...factsAbout(rewriting({ path: '/new' }), [
    ['a new path keeps the query', arm, `${shop}/old?x=1`, { forwarded: '/new?x=1' }],
  ]),
  ...factsAbout(rewriting({ query: 'y=2' }), [
    ['a new query keeps the path', arm, `${shop}/old?x=1`, { forwarded: '/old?y=2' }],
    ['a new query is added where there was none', arm, `${shop}/old`, { forwarded: '/old?y=2' }],
  ]),
  ...factsAbout(rewriting({ query: '' }), [
    ['an empty query removes the query', emptyQuery, `${shop}/old?x=1`, { forwarded: '/old' }],
  ]),
  ...factsAbout(rewriting({ path: '/apim{var_uri_path}' }), [
    ['the path variable starts with a slash', rewriteProblems, `${shop}/a/b`, { forwarded: '/apim/a/b' }],
  ]),
  ...factsAbout(rewriting({ path: '/apim/{var_uri_path}' }), [
    ['a slash too many makes two', rewriteProblems, `${shop}/a/b`, { forwarded: '/apim//a/b' }],
  ]),
  ...factsAbout(rewriting({ path: '/a?b c#d' }), [
    ['a path cannot smuggle a query in', choice, `${shop}/`, { forwarded: '/a%3Fb%20c%23d' }],
  ]),
  ...factsAbout(rewriting({ query: 'q=ä b' }), [
    ['a query is made fit for the request line', choice, `${shop}/`, { forwarded: '/?q=%C3%A4%20b' }],
  ]),
  ...factsAbout(rewriting({ query: '{var_query_string}&z=3' }), [
    ['a query may hold the one that arrived', rewrite, `${shop}/?x=1`, { forwarded: '/?x=1&z=3' }],
  ]),
  ...factsAbout(rewriting({ path: '/one' }, { path: '/two{var_uri_path}' }), [
    ['a later rule sees the original path', choice, `${shop}/a`, { forwarded: '/two/a' }],
  ]),
  ...factsAbout(rewriting({ path: '/last', sequence: 200 }, { path: '/first', sequence: 100 }), [
    ['rules run by their sequence', arm, `${shop}/a`, { forwarded: '/last' }],
  ]),
  ...factsAbout(
    rewriting({ path: '/new' }),
    [
      [
        'originalUrlHeader rewritten tells the new one',
        'MicrosoftDocs/azure-docs#97027',
        `${shop}/a`,
        { toServer: { 'X-Original-URL': '/new' } },
      ],
    ],
    { originalUrlHeader: 'rewritten' },
  ),
];

const mapped: GatewaySpec = {
  rules: [
    {
      pool: 'default',
      rewrites: 'default',
      paths: [
        { name: 'listing1', paths: ['/listing1'], pool: 'listing1' },
        { name: 'kept', paths: ['/kept/*'], pool: 'kept', rewrites: 'kept' },
        { name: 'loop', paths: ['/loop/*'], pool: 'loop', rewrites: 'loop' },
        { name: 'hop', paths: ['/hop/*'], pool: 'hop', rewrites: 'hop' },
        { name: 'moved', paths: ['/moved'], redirect: { to: 'https://new.contoso.com/', path: true } },
        { name: 'away', paths: ['/away'], pool: 'away', rewrites: 'away' },
      ],
    },
  ],
  rewrites: {
    default: [
      {
        when: [{ variable: 'var_query_string', pattern: 'category=shoes' }],
        path: '/listing1',
        reroute: true,
        request: [['X-Default', 'ran']],
      },
    ],
    kept: [{ path: '/listing1', request: [['X-Kept', 'ran']] }],
    loop: [{ path: '/loop/again', reroute: true, when: [{ variable: 'var_uri_path', pattern: 'loop' }] }],
    hop: [{ path: '/kept/x', reroute: true, request: [['X-Hop', 'ran']] }],
    away: [{ path: '/moved', reroute: true }],
  },
};

const reroutes: Fact[] = [
  ...factsAbout(mapped, [
    [
      'reroute looks the new path up again',
      rewrite,
      `${shop}/?category=shoes`,
      { pathRule: 'listing1', pool: 'listing1' },
    ],
    [
      'without a match of its condition nothing changes',
      rewrite,
      `${shop}/?category=bags`,
      { pathRule: null, pool: 'default' },
    ],
    ['the server sees the new path', rewrite, `${shop}/?category=shoes`, { forwarded: '/listing1?category=shoes' }],
    [
      'without reroute the pool stays',
      rewrite,
      `${shop}/kept/1`,
      { pathRule: 'kept', pool: 'kept', forwarded: '/listing1' },
    ],
    ['a loop ends in 500', rewrite, `${shop}/loop/1`, { pathRule: 'loop', status: 500 }],
    [
      'the set of the new match runs too',
      choice,
      `${shop}/hop/1`,
      { pool: 'kept', toServer: { 'X-Kept': 'ran', 'X-Hop': 'ran' } },
    ],
    [
      'a reroute may end at a redirect, with the original path',
      choice,
      `${shop}/away`,
      { location: 'https://new.contoso.com/away' },
    ],
    [
      "the default's set does not run for a path rule",
      rewriteProblems,
      `${shop}/listing1?category=shoes`,
      { toServer: { 'X-Default': null } },
    ],
  ]),
  ...factsAbout({ ...rewriting({ path: '/again', reroute: true }) }, [
    ['a Basic rule has nothing to look up again', rewrite, `${shop}/`, { forwarded: '/again' }],
  ]),
  ...factsAbout(
    {
      rules: [{ pool: 'd', rewrites: 'set', paths: [{ name: 'x', paths: ['/x'], pool: 'x' }] }],
      rewrites: { set: [{ query: 'y=2', reroute: true }] },
    },
    [['reroute without a new path does nothing', choice, `${shop}/z`, { pool: 'd', forwarded: '/z?y=2' }]],
  ),
];

const scope: Fact[] = [
  ...factsAbout({ ...rewriting(marked), generation: 'v1' }, [['v1 does not rewrite', rewrite, `${shop}/`, didNotRun]]),
  ...factsAbout(
    {
      rules: [
        { listener: 'a', pool: 'web', rewrites: 'shared' },
        { listener: 'b', pool: 'web', rewrites: 'shared' },
      ],
      listeners: [{ name: 'a' }, { name: 'b', port: 81 }],
      rewrites: { shared: [marked] },
    },
    [
      ['a set may serve a rule', rewrite, `${shop}/`, ran],
      ['and another', rewrite, `${shop}:81/`, ran],
    ],
  ),
];

export const rewriteUrlFacts: readonly Fact[] = [...urls, ...reroutes, ...scope];
