import type { Behaviour } from '../../../src/routing/behaviour.ts';
import type { GatewaySpec, RedirectSpec } from '../gateway-fixture.ts';
import { type Fact, type FactRow, factsAbout, sources } from './fact.ts';

const { redirect, codes, rules, rewrite, choice } = sources;
const singleSlash = 'hashicorp/terraform-provider-azurerm#6175';

const cart = 'http://shop.contoso.com/cart/1?x=2';

function redirecting(to: RedirectSpec): GatewaySpec {
  return {
    listeners: [
      { name: 'http' },
      { name: 'https', protocol: 'Https', hosts: ['shop.contoso.com'] },
      { name: 'admin', protocol: 'Https', port: 8443 },
      { name: 'plain', port: 8080 },
      { name: 'elsewhere', protocol: 'Https', port: 9443, hosts: ['*.fabrikam.com', 'www.fabrikam.com'] },
    ],
    rules: [{ listener: 'http', redirect: to }],
  };
}

function located(to: RedirectSpec, name: string, source: string, location: string, url = cart): Fact[] {
  const row: FactRow = [name, source, url, { location, status: 301 }];
  return factsAbout(redirecting(to), [row]);
}

/** What becomes of a redirect that says nothing about path and query. */
function assumed(to: string, behaviour: Partial<Behaviour>, source: string, location: string): Fact[] {
  const settings = Object.entries(behaviour).map((entry) => entry.join(' '));
  const name = `to ${to} with nothing said${settings.map((setting) => `, ${setting}`).join('')}`;
  return factsAbout(redirecting({ to }), [[name, source, cart, { location }]], behaviour);
}

const unset: Fact[] = [
  ...assumed('http://bar/', {}, singleSlash, 'http://bar/cart/1'),
  ...assumed('https', {}, choice, 'https://shop.contoso.com/'),
  ...assumed('http://bar/', { unsetIncludePath: 'never' }, choice, 'http://bar/'),
  ...assumed('https', { unsetIncludePath: 'never' }, choice, 'https://shop.contoso.com/'),
  ...assumed('https', { unsetIncludePath: 'always' }, choice, 'https://shop.contoso.com/cart/1'),
  ...assumed('https', { unsetIncludeQueryString: 'always' }, choice, 'https://shop.contoso.com/?x=2'),
  ...assumed('http://bar/', { unsetIncludeQueryString: 'always' }, choice, 'http://bar/cart/1?x=2'),
];

const statuses: Fact[] = (
  [
    ['Permanent', 301],
    ['Found', 302],
    ['SeeOther', 303],
    ['Temporary', 307],
  ] as const
).flatMap(([type, status]) =>
  factsAbout(redirecting({ to: 'https', type }), [[`${type} answers ${status}`, codes, cart, { status }]]),
);

const both = { path: true, query: true };

const locations: Fact[] = [
  ...located(
    { to: 'https', ...both },
    'to a listener with path and query',
    redirect,
    'https://shop.contoso.com/cart/1?x=2',
  ),
  ...located({ to: 'https', path: true }, 'with the path only', redirect, 'https://shop.contoso.com/cart/1'),
  ...located({ to: 'https', query: true }, 'with the query only', redirect, 'https://shop.contoso.com/?x=2'),
  ...located({ to: 'https' }, 'with neither', redirect, 'https://shop.contoso.com/'),
  ...located(
    { to: 'admin', ...both },
    'a port that is not the default is named',
    choice,
    'https://shop.contoso.com:8443/cart/1?x=2',
  ),
  ...located(
    { to: 'plain' },
    'a port of HTTP that is not the default is named',
    choice,
    'http://shop.contoso.com:8080/',
  ),
  ...located(
    { to: 'https' },
    'the port of the request is left out',
    choice,
    'https://shop.contoso.com/',
    'http://shop.contoso.com:80/',
  ),
  ...located(
    { to: 'elsewhere' },
    'a target that does not answer to the name lends its own',
    choice,
    'https://www.fabrikam.com:9443/',
  ),
  ...located(
    { to: 'elsewhere' },
    'a target that answers to the name keeps it',
    choice,
    'https://a.fabrikam.com:9443/',
    'http://a.fabrikam.com/',
  ),
  ...located(
    { to: 'admin' },
    'an address in brackets stays',
    choice,
    'https://[2001:db8::1]:8443/',
    'http://[2001:db8::1]/',
  ),
  ...located(
    { to: 'https', ...both },
    'a request without query adds none',
    redirect,
    'https://shop.contoso.com/a',
    'http://shop.contoso.com/a',
  ),
  ...located(
    { to: 'https', ...both },
    'an empty query stays',
    choice,
    'https://shop.contoso.com/a?',
    'http://shop.contoso.com/a?',
  ),
  ...located(
    { to: 'https', ...both },
    'what is encoded stays encoded',
    choice,
    'https://shop.contoso.com/a%20b//c?d=%2F',
    'http://shop.contoso.com/a%20b//c?d=%2F',
  ),
  ...located(
    { to: 'http://bar/', path: true },
    'to a URL with the path: one slash joins',
    singleSlash,
    'http://bar/cart/1',
  ),
  ...located({ to: 'http://bar', path: true }, 'to a URL without a slash at its end', singleSlash, 'http://bar/cart/1'),
  ...located({ to: 'http://bar/', path: false }, 'to a URL with neither', redirect, 'http://bar/'),
  ...located({ to: 'http://bar/app', ...both }, 'to a URL with a path of its own', choice, 'http://bar/app/cart/1?x=2'),
  ...located(
    { to: 'http://bar/app', path: false, query: true },
    'to a URL with the query only',
    redirect,
    'http://bar/app?x=2',
  ),
  ...located(
    { to: 'https://bar/a?y=1', path: false, query: true },
    'two queries are joined by an ampersand',
    choice,
    'https://bar/a?y=1&x=2',
  ),
  ...located(
    { to: 'https://bar/a?y=1', path: true },
    'the path goes before the query of the URL',
    choice,
    'https://bar/a/cart/1?y=1',
  ),
  ...located({ to: 'https://bar/#top', ...both }, 'a fragment stays at the end', choice, 'https://bar/cart/1?x=2#top'),
  ...located(
    { to: 'https://bar/a?y=1', path: false, query: true },
    'no query adds no ampersand',
    choice,
    'https://bar/a?y=1',
    'http://shop.contoso.com/',
  ),
];

const places: Fact[] = factsAbout(
  {
    listeners: [{ name: 'http' }, { name: 'https', protocol: 'Https' }],
    rules: [
      {
        listener: 'http',
        redirect: { to: 'https', type: 'Found', path: true },
        paths: [
          { name: 'old', paths: ['/old/*'], redirect: { to: 'https://new.contoso.com/base', path: true } },
          { name: 'api', paths: ['/api/*'], pool: 'api' },
        ],
      },
      { listener: 'https', pool: 'web' },
    ],
  },
  [
    ['a path rule may redirect', rules, 'http://a/old/1', { pathRule: 'old', status: 301 }],
    [
      'the whole path goes on, not the rest',
      choice,
      'http://a/old/1',
      { location: 'https://new.contoso.com/base/old/1' },
    ],
    [
      'the default of a map may redirect',
      rules,
      'http://a/x',
      { pathRule: null, status: 302, location: 'https://a/x' },
    ],
    ['another path of that map goes on', rules, 'http://a/api/1', { pathRule: 'api', pool: 'api' }],
    ['the target of a redirect answers by itself', redirect, 'https://a/x', { listener: 'https', pool: 'web' }],
  ],
);

const withRewrites: Fact[] = factsAbout(
  {
    rules: [
      {
        pool: 'web',
        rewrites: 'set',
        paths: [
          { name: 'old', paths: ['/old/*'], rewrites: 'set', redirect: { to: 'https://new.contoso.com/', path: true } },
        ],
      },
    ],
    rewrites: { set: [{ path: '/rewritten' }] },
  },
  [['rewrites do not run on a redirect', rewrite, 'http://a/old/1', { location: 'https://new.contoso.com/old/1' }]],
);

export const redirectFacts: readonly Fact[] = [...statuses, ...locations, ...unset, ...places, ...withRewrites];
