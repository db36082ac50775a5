import type { AdvancedSpec, ConditionSpec, GatewaySpec } from '../gateway-spec.ts';
import type { RequestSpec } from '../request-fixture.ts';
import { type Fact, type FactRow, factsAbout, sources } from './fact.ts';

const { arm, choice } = sources;
const shop = 'http://shop.contoso.com';

/** A gateway with these rules in one map, which sends the rest to the pool `default`. */
function mapping(...advanced: readonly AdvancedSpec[]): GatewaySpec {
  return { rules: [{ pool: 'default', advanced }] };
}

const taken = { advancedRoutingRule: 'rule', pool: 'special' };
const left = { advancedRoutingRule: null, pool: 'default' };

/** What requests one condition takes, and which it leaves to the default. */
function condition(
  condition: ConditionSpec,
  rows: readonly (readonly [what: string, request: string | RequestSpec, holds: boolean, source?: string])[],
): Fact[] {
  const [type, name] = condition;
  return factsAbout(
    mapping({ name: 'rule', pool: 'special', when: [condition] }),
    rows.map(([what, request, holds, source = choice]): FactRow => {
      return [`${[type, name].filter(Boolean).join(' ')}: ${what}`, source, request, holds ? taken : left];
    }),
  );
}

function sending(...headers: readonly (readonly [string, string])[]): RequestSpec {
  return { url: `${shop}/a`, headers };
}

const headers: Fact[] = [
  ...condition(
    ['Header', 'X-Beta', ['on', 'yes']],
    [
      ['one of the values takes the request', sending(['X-Beta', 'yes']), true, arm],
      ['its name may be in any case', sending(['x-beta', 'on']), true],
      ['one of several lines is enough', sending(['X-Beta', 'no'], ['X-Beta', 'on']), true],
      ['another value does not', sending(['X-Beta', 'off']), false, arm],
      ['letter case counts', sending(['X-Beta', 'ON']), false],
      ['a part is not enough', sending(['X-Beta', 'only']), false],
      ['a missing header does not', sending(), false],
    ],
  ),
  ...condition(
    ['Header', 'User-Agent', { pattern: 'mobile|android', ignoreCase: true }],
    [
      ['a pattern is searched for anywhere', sending(['User-Agent', 'Some Mobile 1.0']), true, arm],
      ['and may not be there', sending(['User-Agent', 'curl/8']), false, arm],
    ],
  ),
  ...condition(
    ['Header', 'X-Tier', { pattern: '^gold$' }],
    [['without ignoreCase letter case counts in patterns', sending(['X-Tier', 'GOLD']), false, arm]],
  ),
  ...condition(
    ['Header', 'X-Tier', { pattern: '^free', negate: true }],
    [
      ['negate takes what does not match', sending(['X-Tier', 'gold']), true, arm],
      ['and leaves what does', sending(['X-Tier', 'free']), false, arm],
      ['negate takes a request without the header', sending(), true],
    ],
  ),
  ...condition(['Header', 'X-Any', { pattern: '(' }], [['a pattern that RE2 refuses never holds', sending(), false]]),
];

const others: Fact[] = [
  ...condition(
    ['QueryString', 'version', ['2', 'a b']],
    [
      ['the parameter has the value', `${shop}/a?x=1&version=2`, true, arm],
      ['encoded values are decoded', `${shop}/a?version=a%20b`, true],
      ['a plus sign is a blank', `${shop}/a?version=a+b`, true],
      ['one of several values is enough', `${shop}/a?version=1&version=2`, true],
      ['the name is compared as it is written', `${shop}/a?Version=2`, false],
      ['another value does not', `${shop}/a?version=22`, false, arm],
      ['nor does no query', `${shop}/a`, false],
    ],
  ),
  ...condition(
    ['Path', null, ['/api/*', '/health']],
    [
      ['a pattern as of path rules takes what is below', `${shop}/api/orders`, true],
      ['one without asterisk is exact', `${shop}/health`, true],
      ['and takes nothing below', `${shop}/health/x`, false],
      ['letter case does not matter', `${shop}/API/orders`, true],
      ['the path is decoded', `${shop}/%61pi/orders`, true],
      ['the query is not looked at', `${shop}/?/api/`, false],
    ],
  ),
  ...condition(
    ['Path', null, { pattern: '^/v\\d+/' }],
    [
      ['a regular expression sees the whole path', `${shop}/v12/x`, true, arm],
      ['and is not satisfied by another', `${shop}/x/v1/`, false, arm],
    ],
  ),
  ...condition(
    ['ClientIP', null, ['198.51.100.0/24', '203.0.113.7', '2001:db8::/32']],
    [
      ['an address', { url: shop, clientIp: '203.0.113.7' }, true, arm],
      ['an address of a network', { url: shop, clientIp: '198.51.100.200' }, true],
      ['an address of an IPv6 network', { url: shop, clientIp: '2001:db8:1::1' }, true],
      ['another address', { url: shop, clientIp: '203.0.113.8' }, false, arm],
      ['another IPv6 address', { url: shop, clientIp: '2001:db9::1' }, false],
    ],
  ),
  ...condition(
    ['ClientIP', null, ['nowhere']],
    [['what is no address never holds', { url: shop, clientIp: '203.0.113.7' }, false]],
  ),
  ...condition(
    ['Method', null, ['get', 'DELETE']],
    [
      ['one of them', { url: shop, method: 'DELETE' }, true, arm],
      ['letter case does not matter in the template', { url: shop }, true],
      ['another one', { url: shop, method: 'HEAD' }, false, arm],
    ],
  ),
  ...condition(['Method', null, []], [['without any value a condition never holds', shop, false]]),
  ...condition(['Header', null, ['x']], [['a header without a name never holds', shop, false]]),
];

const order: Fact[] = [
  ...factsAbout(
    mapping(
      { name: 'last', priority: 30, pool: 'last' },
      { name: 'beta', priority: 20, pool: 'beta', when: [['Header', 'X-Beta', ['on']]] },
      {
        name: 'both',
        priority: 10,
        redirect: { to: 'https://beta.contoso.com', path: true },
        when: [
          ['Header', 'X-Beta', ['on']],
          ['Method', null, ['DELETE']],
        ],
      },
    ),
    [
      ['the lowest priority goes first', arm, sending(['X-Beta', 'on']), { advancedRoutingRule: 'beta', pool: 'beta' }],
      [
        'all conditions of a set have to hold',
        arm,
        { ...sending(['X-Beta', 'on']), method: 'DELETE' },
        { advancedRoutingRule: 'both', status: 301, location: 'https://beta.contoso.com/a' },
      ],
      ['a rule without a set takes every request', choice, `${shop}/`, { advancedRoutingRule: 'last', pool: 'last' }],
      ['there is no path rule', arm, `${shop}/`, { pathRule: null }],
    ],
  ),
  ...factsAbout(mapping({ name: 'none', priority: null, pool: 'none' }, { name: 'ten', priority: 10, pool: 'ten' }), [
    ['a rule without a priority comes last', choice, shop, { advancedRoutingRule: 'ten' }],
  ]),
  ...factsAbout({ rules: [{ advanced: [{ name: 'api', pool: 'api', when: [['Path', null, ['/api/*']]] }] }] }, [
    ['no rule and no default is answered with 404', choice, `${shop}/`, { advancedRoutingRule: null, status: 404 }],
  ]),
];

const rewriting: Fact[] = [
  ...factsAbout(
    {
      rules: [
        {
          pool: 'default',
          rewrites: 'ofDefault',
          advanced: [
            { name: 'old', pool: 'old', rewrites: 'move', when: [['Path', null, ['/old/*']]] },
            { name: 'new', pool: 'new', settings: 's', when: [['Path', null, ['/new/*']]] },
          ],
        },
      ],
      settings: { s: { path: '/app/' } },
      rewrites: { move: [{ path: '/new/x', reroute: true }], ofDefault: [{ request: [['X-Default', '1']] }] },
    },
    [
      ['the rewrite set of the rule runs', arm, `${shop}/old/1`, { forwarded: '/app/new/x' }],
      ['a reroute asks all rules again', choice, `${shop}/old/1`, { advancedRoutingRule: 'new', pool: 'new' }],
      ['an override path goes before the whole path', choice, `${shop}/new/1`, { forwarded: '/app/new/1' }],
      ["the default's set runs for the default", arm, `${shop}/`, { pool: 'default', toServer: { 'X-Default': '1' } }],
      ['and for no rule', arm, `${shop}/new/1`, { toServer: { 'X-Default': null } }],
    ],
  ),
];

export const advancedRoutingFacts: readonly Fact[] = [...headers, ...others, ...order, ...rewriting];
