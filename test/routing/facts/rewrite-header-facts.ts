import { type Fact, factsAbout, sources } from './fact.ts';
import { rewriting } from './rewriting.ts';

const { rewrite, arm, choice } = sources;
const shop = 'http://shop.contoso.com';

export const rewriteHeaderFacts: readonly Fact[] = [
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
