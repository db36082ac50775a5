import type { GatewaySpec, RewriteSpec } from '../gateway-fixture.ts';
import { type Fact, type FactRow, factsAbout, sources } from './fact.ts';

const { rewrite, rewriteProblems, arm, choice } = sources;
const emptyQuery = 'hashicorp/terraform-provider-azurerm#13894';

function rewriting(...rules: readonly RewriteSpec[]): GatewaySpec {
  return { rules: [{ pool: 'web', rewrites: 'set' }], rewrites: { set: rules } };
}

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

const matched = { request: [['X-Matched', 'yes']] } as const;
const yes = { toServer: { 'X-Matched': 'yes' } };
const no = { toServer: { 'X-Matched': null } };

function whenHeader(pattern: string, options: { readonly ignoreCase?: boolean; readonly negate?: boolean } = {}) {
  return rewriting({ when: [{ variable: 'http_req_X-Test', pattern, ...options }], ...matched });
}

function sending(value: string) {
  return { url: `${shop}/`, headers: [['X-Test', value]] } as const;
}

const conditions: Fact[] = [
  ...factsAbout(rewriting(matched), [['a rule without conditions always runs', rewrite, `${shop}/`, yes]]),
  ...factsAbout(whenHeader('abc'), [
    ['a pattern is searched for anywhere', choice, sending('xabcx'), yes],
    ['a pattern that is nowhere does not hold', rewrite, sending('xyz'), no],
    ['letter case counts unless told otherwise', arm, sending('ABC'), no],
  ]),
  ...factsAbout(whenHeader('^abc$'), [
    ['anchors hold the whole value', rewrite, sending('abc'), yes],
    ['anchors refuse a longer one', rewrite, sending('abcd'), no],
  ]),
  ...factsAbout(whenHeader('abc', { ignoreCase: true }), [['ignoreCase ignores case', arm, sending('ABC'), yes]]),
  ...factsAbout(whenHeader('abc', { negate: true }), [
    ['negate turns a match down', arm, sending('abc'), no],
    ['negate holds where nothing matches', arm, sending('xyz'), yes],
  ]),
  ...factsAbout(whenHeader('.+'), [
    ['a missing header is empty', choice, `${shop}/`, no],
    ['a header that is there is not', choice, sending('x'), yes],
  ]),
  ...factsAbout(whenHeader('.+', { negate: true }), [
    ['a negated condition finds that a header is missing', choice, `${shop}/`, yes],
    ['and that it is not', choice, sending('x'), no],
  ]),
  ...factsAbout(whenHeader(' abc'), [['blanks in a pattern count', rewriteProblems, sending('abc'), no]]),
  ...factsAbout(whenHeader('/abc/'), [['slashes around a pattern are part of it', rewrite, sending('abc'), no]]),
  ...factsAbout(whenHeader('a(?!b)'), [['RE2 knows no look-ahead: the rule never runs', rewrite, sending('ac'), no]]),
  ...factsAbout(whenHeader('(a)\\1'), [['RE2 knows no back-reference', rewrite, sending('aa'), no]]),
  ...factsAbout(whenHeader('(a+)+$'), [['no pattern takes forever', rewrite, sending(`${'a'.repeat(5000)}b`), no]]),
  ...factsAbout(
    rewriting({
      when: [
        { variable: 'http_req_X-Test', pattern: 'a' },
        { variable: 'var_http_method', pattern: '^POST$' },
      ],
      ...matched,
    }),
    [
      ['all conditions have to hold', rewrite, sending('a'), no],
      ['and then the rule runs', rewrite, { ...sending('a'), method: 'POST' }, yes],
    ],
  ),
  ...factsAbout(rewriting({ when: [{ variable: 'http_req_x-test', pattern: 'a' }], ...matched }), [
    ['a header is found in any case', sources.rfc9110, sending('a'), yes],
  ]),
  ...factsAbout(rewriting({ when: [{ variable: 'http_resp_Server', pattern: '.' }], ...matched }), [
    ['there is no response yet when the request is rewritten', choice, `${shop}/`, no],
  ]),
  ...factsAbout(rewriting({ when: [{ variable: 'nonsense', pattern: '' }], ...matched }), [
    ['a condition on nothing known never holds', choice, `${shop}/`, no],
  ]),
];

function capturing(value: string, variable = 'http_req_X-Test', pattern = '(\\w+)-(\\w+)?'): GatewaySpec {
  return rewriting({ when: [{ variable, pattern }], request: [['X-Out', value]] });
}

const captures: Fact[] = (
  [
    ['{http_req_X-Test_1}', 'one', 'a group is filled in', rewrite],
    ['{http_req_X-Test_2}.{http_req_X-Test_1}', 'two.one', 'text and groups mix', rewrite],
    ['{http_req_X-Test}', 'one-two', 'without a number the whole value is filled in', rewrite],
    ['{http_req_X-Test_0}', 'one-two', 'group 0 is the match', choice],
    ['[{http_req_X-Test_3}]', '[]', 'a group that is not there is empty', rewrite],
    ['[{http_req_x-test_1}]', '[]', 'a capture needs the letter case of its condition', rewrite],
    [
      '{http_req_x_test}',
      'one-two',
      'underscores stand for hyphens where no number follows',
      'MicrosoftDocs/azure-docs#64826',
    ],
    ['{"json": {1}}', '{"json": {1}}', 'other braces are text', choice],
    ['[{var_nonsense}]', '[]', 'an unknown variable is empty', choice],
    ['a{http_req_None}b', 'ab', 'a placeholder for a missing header is empty', choice],
  ] as const
).flatMap(([value, expected, name, source]) => {
  const row: FactRow = [name, source, sending('one-two'), { toServer: { 'X-Out': expected } }];
  return factsAbout(capturing(value), [row]);
});

const moreCaptures: Fact[] = [
  ...factsAbout(capturing('[{http_req_X-Test_2}]'), [
    ['a group that took no part is empty', rewrite, sending('one-'), { toServer: { 'X-Out': '[]' } }],
  ]),
  ...factsAbout(capturing('{http_req_X-Test_1}', 'http_req_X-Test', '\\w+'), [
    ['a pattern without parentheses has no group', rewriteProblems, sending('one'), { toServer: { 'X-Out': null } }],
  ]),
  ...factsAbout(
    rewriting(
      { when: [{ variable: 'http_req_X-Test', pattern: '(.*)' }], request: [['X-A', '{http_req_X-Test_1}']] },
      { request: [['X-B', '[{http_req_X-Test_1}]']] },
    ),
    [['captures belong to their own rule', choice, sending('v'), { toServer: { 'X-A': 'v', 'X-B': '[]' } }]],
  ),
  ...factsAbout(
    rewriting({
      when: [
        { variable: 'var_uri_path', pattern: '^/([^/]+)' },
        { variable: 'var_query_string', pattern: 'id=(\\d+)' },
      ],
      path: '/{var_query_string_1}/{var_uri_path_1}',
    }),
    [['several conditions capture side by side', rewrite, `${shop}/shirts?id=7`, { forwarded: '/7/shirts?id=7' }]],
  ),
];

const headers: Fact[] = [
  ...factsAbout(rewriting({ request: [['X-New', 'v']] }), [
    ['a header that is missing is added', rewrite, `${shop}/`, { toServer: { 'X-New': 'v' } }],
    [
      'a header that is there is replaced',
      rewrite,
      { url: shop, headers: [['x-new', 'old']] },
      { toServer: { 'X-New': 'v' } },
    ],
    [
      'all lines of a header are replaced by one',
      choice,
      {
        url: shop,
        headers: [
          ['X-New', '1'],
          ['X-New', '2'],
        ],
      },
      { toServer: { 'X-New': 'v' } },
    ],
  ]),
  ...factsAbout(rewriting({ request: [['X-Old', '']] }), [
    ['an empty value deletes a header', arm, { url: shop, headers: [['X-Old', 'v']] }, { toServer: { 'X-Old': null } }],
    ['deleting what is not there does nothing', choice, `${shop}/`, { toServer: { 'X-Old': null } }],
  ]),
  ...factsAbout(rewriting({ request: [['X-Old', '{http_req_X-None}']] }), [
    [
      'a value that comes out empty deletes as well',
      choice,
      { url: shop, headers: [['X-Old', 'v']] },
      { toServer: { 'X-Old': null } },
    ],
  ]),
  ...factsAbout(
    rewriting({
      request: [
        ['Connection', 'x'],
        ['Upgrade', 'x'],
        ['X-Original-Host', 'x'],
      ],
    }),
    [
      ['Connection cannot be rewritten', rewrite, `${shop}/`, { toServer: { Connection: null } }],
      ['Upgrade cannot be rewritten', rewrite, `${shop}/`, { toServer: { Upgrade: null } }],
      [
        'X-Original-Host cannot be rewritten',
        rewrite,
        `${shop}/`,
        { toServer: { 'X-Original-Host': 'shop.contoso.com' } },
      ],
    ],
  ),
  ...factsAbout(rewriting({ request: [['Host', '']] }), [
    ['Host cannot be deleted', rewrite, `${shop}/`, { toServer: { Host: 'shop.contoso.com' } }],
  ]),
  ...factsAbout(rewriting({ request: [['Host', 'api.{var_host}']] }), [
    ['Host can be set', rewrite, `${shop}/`, { toServer: { Host: 'api.shop.contoso.com' } }],
    [
      'X-Original-Host keeps the one that arrived',
      sources.works,
      `${shop}/`,
      { toServer: { 'X-Original-Host': 'shop.contoso.com' } },
    ],
  ]),
  ...factsAbout(
    rewriting({
      request: [
        ['Transfer-Encoding', 'chunked'],
        ['Content-Length', '5'],
      ],
    }),
    [
      [
        'the length of a message cannot be rewritten',
        choice,
        `${shop}/`,
        { toServer: { 'Content-Length': null, 'Transfer-Encoding': null } },
      ],
    ],
  ),
  ...factsAbout(rewriting({ request: [['X-Forwarded-For', '{var_add_x_forwarded_for_proxy}']] }), [
    [
      'X-Forwarded-For can be had without ports',
      rewrite,
      `${shop}/`,
      { toServer: { 'X-Forwarded-For': '203.0.113.7' } },
    ],
    [
      'with what the client sent before it',
      rewrite,
      { url: shop, headers: [['X-Forwarded-For', '198.51.100.1, 10.0.0.1']] },
      { toServer: { 'X-Forwarded-For': '198.51.100.1, 10.0.0.1, 203.0.113.7' } },
    ],
  ]),
  ...factsAbout(
    rewriting({
      request: [
        ['X-Forwarded-Proto', 'https'],
        ['X-Forwarded-Port', ''],
      ],
    }),
    [
      [
        "a rewrite wins over the gateway's own header",
        rewrite,
        `${shop}/`,
        { toServer: { 'X-Forwarded-Proto': 'https' } },
      ],
      ['and can keep it from the server', rewrite, `${shop}/`, { toServer: { 'X-Forwarded-Port': null } }],
    ],
  ),
  ...factsAbout(
    rewriting({
      request: [
        ['X_Under', 'v'],
        ['X.Dot', 'v'],
        ['X-Fine1', 'v'],
      ],
    }),
    [
      ['a name with an underscore does not reach the server', rewrite, `${shop}/`, { toServer: { X_Under: null } }],
      ['a name with a dot does not reach the server', rewrite, `${shop}/`, { toServer: { 'X.Dot': null } }],
      ['letters, digits and hyphens do', rewrite, `${shop}/`, { toServer: { 'X-Fine1': 'v' } }],
    ],
  ),
  ...factsAbout(rewriting({ request: [['X-Two', 'a\r\nX-Evil: 1']] }), [
    ['a value cannot end its line', choice, `${shop}/`, { toServer: { 'X-Two': 'aX-Evil: 1', 'X-Evil': null } }],
  ]),
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
  ...factsAbout({ ...rewriting(matched), generation: 'v1' }, [['v1 does not rewrite', rewrite, `${shop}/`, no]]),
  ...factsAbout(
    {
      rules: [
        { listener: 'a', pool: 'web', rewrites: 'shared' },
        { listener: 'b', pool: 'web', rewrites: 'shared' },
      ],
      listeners: [{ name: 'a' }, { name: 'b', port: 81 }],
      rewrites: { shared: [matched] },
    },
    [
      ['a set may serve a rule', rewrite, `${shop}/`, yes],
      ['and another', rewrite, `${shop}:81/`, yes],
    ],
  ),
];

export const rewriteFacts: readonly Fact[] = [
  ...urls,
  ...conditions,
  ...captures,
  ...moreCaptures,
  ...headers,
  ...reroutes,
  ...scope,
];
