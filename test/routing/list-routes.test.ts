import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../../src/routing/behaviour.ts';
import { compileRoutingTable } from '../../src/routing/compile-routing-table.ts';
import { listRoutes } from '../../src/routing/list-routes.ts';
import { renderRoutesMermaid, renderRoutesTable } from '../../src/routing/render-routes.ts';
import { type GatewaySpec, makeGateway } from './gateway-fixture.ts';

function list(spec: GatewaySpec, behaviour?: Partial<Behaviour>) {
  return listRoutes(compileRoutingTable(makeGateway(spec), behaviour));
}

const shop: GatewaySpec = {
  listeners: [
    { name: 'http', hosts: ['shop.contoso.com', '*.contoso.net'] },
    { name: 'https', protocol: 'Https' },
  ],
  rules: [
    { name: 'to-https', listener: 'http', redirect: { to: 'https', type: 'Found' } },
    {
      name: 'paths',
      listener: 'https',
      pool: 'web',
      rewrites: 'set',
      paths: [
        { name: 'images', paths: ['/images/*'], pool: 'images', settings: 'special' },
        { name: 'away', paths: ['/away'], redirect: { to: 'https://elsewhere.com/' } },
      ],
    },
  ],
  rewrites: { set: [] },
};

test('lists every host and path with where they lead', () => {
  expect(list(shop)).toHaveLength(5);
  expect(list(shop)[0]).toEqual({
    listener: 'http',
    protocol: 'Http',
    frontendIPConfiguration: 'public',
    port: 80,
    host: 'shop.contoso.com',
    priority: 10,
    rule: 'to-https',
    ruleType: 'Basic',
    pathRule: null,
    advancedRoutingRule: null,
    conditions: null,
    path: null,
    pool: null,
    loadDistributionPolicy: null,
    settings: null,
    redirect: { name: 'to-https-redirect', type: 'Found', target: "listener 'https'" },
    rewriteRuleSet: null,
    shadowedBy: null,
  });
  expect(list(shop)[2]).toEqual({
    listener: 'https',
    protocol: 'Https',
    frontendIPConfiguration: 'public',
    port: 443,
    host: null,
    priority: 20,
    rule: 'paths',
    ruleType: 'PathBasedRouting',
    pathRule: 'images',
    advancedRoutingRule: null,
    conditions: null,
    path: '/images/*',
    pool: 'images',
    loadDistributionPolicy: null,
    settings: 'special',
    redirect: null,
    rewriteRuleSet: null,
    shadowedBy: null,
  });
});

test('renders a table', () => {
  expect(renderRoutesTable(list(shop)).split('\n')).toEqual([
    'LISTENER  PORT       HOST              PRIORITY  RULE      PATH       GOES TO                                       REWRITES',
    "http      http:80    shop.contoso.com  10        to-https  (any)      redirect Found to listener 'https'            -",
    "http      http:80    *.contoso.net     10        to-https  (any)      redirect Found to listener 'https'            -",
    'https     https:443  *                 20        paths     /images/*  images by special                             -',
    'https     https:443  *                 20        paths     /away      redirect Permanent to https://elsewhere.com/  -',
    'https     https:443  *                 20        paths     (default)  web by settings                               set',
    '',
  ]);
});

test('renders a flowchart', () => {
  expect(renderRoutesMermaid(list(shop)).split('\n')).toEqual([
    'flowchart LR',
    '  listener1(["http: http://shop.contoso.com, #42;.contoso.net:80"])',
    '  rule2["to-https"]',
    '  target3[/"redirect Found to listener \'https\'"/]',
    '  listener4(["https: https://#42;:443"])',
    '  rule5["paths"]',
    '  target6[/"images by special"/]',
    '  target7[/"redirect Permanent to https://elsewhere.com/"/]',
    '  target8[/"web by settings"/]',
    '  listener1 --> rule2',
    '  rule2 -->|"(any)"| target3',
    '  listener4 --> rule5',
    '  rule5 -->|"/images/#42;"| target6',
    '  rule5 -->|"/away"| target7',
    '  rule5 -->|"(default)"| target8',
    '',
  ]);
});

test('says so when there are no routes', () => {
  expect(renderRoutesTable([])).toBe('No routes: no listener of this gateway has a rule.\n');
});

describe('shadowed routes', () => {
  function shadows(spec: GatewaySpec, behaviour?: Partial<Behaviour>) {
    return list(spec, behaviour).map(({ listener, path, shadowedBy }) => [path ?? listener, shadowedBy]);
  }

  function hosts(...names: readonly (readonly string[])[]): GatewaySpec {
    return {
      listeners: names.map((hosts, index) => ({ name: `l${index + 1}`, hosts })),
      rules: names.map((_, index) => ({ listener: `l${index + 1}`, pool: 'web' })),
    };
  }

  function paths(...patterns: readonly string[]): GatewaySpec {
    return {
      rules: [{ pool: 'web', paths: patterns.map((pattern) => ({ name: pattern, paths: [pattern], pool: 'p' })) }],
    };
  }

  const listeners: readonly (readonly [string, GatewaySpec, string | null])[] = [
    ['a plain name behind a wildcard', hosts(['*.a.com'], ['x.a.com']), "listener 'l1'"],
    ['a plain name behind a listener for all', hosts([], ['x.a.com']), "listener 'l1'"],
    ['a plain name behind itself', hosts(['x.a.com'], ['X.a.com']), "listener 'l1'"],
    ['a wildcard behind a wider one', hosts(['*.com'], ['*.a.com']), "listener 'l1'"],
    ['a wildcard behind a listener for all', hosts([], ['*.a.com']), "listener 'l1'"],
    ['a listener for all behind another', hosts([], []), "listener 'l1'"],
    ['a wildcard behind a narrower one', hosts(['?.a.com'], ['*.a.com']), null],
    ['a plain name behind another', hosts(['y.a.com'], ['x.a.com']), null],
    ['a listener for all behind a wildcard', hosts(['*'], []), null],
  ];

  test.each(listeners)('%s', (_name, spec, expected) => {
    expect(shadows(spec)[1]).toEqual(['l2', expected]);
  });

  test('names of one listener do not shadow each other', () => {
    expect(list(hosts(['*.a.com', 'x.a.com'])).map(({ shadowedBy }) => shadowedBy)).toEqual([null, null]);
  });

  test('paths behind wider ones are shadowed, in the listed order', () => {
    expect(shadows(paths('/a*', '/a/b', '/a/b/*', '/b', '/b', '/b/*'))).toEqual([
      ['/a*', null],
      ['/a/b', "path rule '/a*' ('/a*')"],
      ['/a/b/*', "path rule '/a*' ('/a*')"],
      ['/b', null],
      ['/b', "path rule '/b' ('/b')"],
      ['/b/*', null],
      ['listener', null],
    ]);
  });

  test('the default is shadowed by a pattern for every path', () => {
    expect(shadows(paths('/a', '/*')).at(-1)).toEqual(['listener', "path rule '/*' ('/*')"]);
  });

  test('an exact pattern is not shadowed where it goes first', () => {
    expect(shadows(paths('/a*', '/a/b', '/a/b/*'), { pathPrecedence: 'exactFirst' })).toEqual([
      ['/a*', null],
      ['/a/b', null],
      ['/a/b/*', "path rule '/a*' ('/a*')"],
      ['listener', null],
    ]);
  });

  test('nothing but a duplicate is shadowed where the most specific goes first', () => {
    expect(shadows(paths('/a*', '/a/b/*', '/A/b/*'), { pathPrecedence: 'mostSpecific' })).toEqual([
      ['/a*', null],
      ['/a/b/*', null],
      ['/A/b/*', "path rule '/a/b/*' ('/a/b/*')"],
      ['listener', null],
    ]);
  });
});

test('lists and renders a thousand listeners with wildcards and a thousand paths', () => {
  const indexes = Array.from({ length: 1000 }, (_, index) => index);
  const routes = list({
    listeners: [
      ...indexes.map((index) => ({ name: `l${index}`, hosts: [`*.host${index}.com`] })),
      { name: 'paths', port: 81 },
    ],
    rules: [
      ...indexes.map((index) => ({ listener: `l${index}`, pool: 'web' })),
      { listener: 'paths', pool: 'web', paths: indexes.map((index) => ({ paths: [`/area${index}/*`], pool: 'web' })) },
    ],
  });
  expect(routes).toHaveLength(2001);
  expect(renderRoutesTable(routes).split('\n')).toHaveLength(2003);
  expect(renderRoutesMermaid(routes).split('\n').length).toBeGreaterThan(4000);
});

describe('advanced routing', () => {
  const advanced: GatewaySpec = {
    rules: [
      {
        pool: 'web',
        advanced: [
          {
            name: 'beta',
            pool: 'beta',
            when: [
              ['Header', 'X-Beta', ['on', 'yes']],
              ['Path', null, { pattern: '^/a', negate: true }],
            ],
          },
          { name: 'all', pool: 'all' },
          { name: 'late', pool: 'late', when: [['Method', null, ['GET']]] },
        ],
      },
    ],
  };

  test('is listed with its conditions, and with what hides what', () => {
    const listed = list(advanced).map((route) => [route.advancedRoutingRule, route.conditions, route.shadowedBy]);
    expect(listed).toEqual([
      ['beta', "Header 'X-Beta' is 'on' or 'yes' and Path does not match '^/a'", null],
      ['all', null, null],
      ['late', "Method is 'GET'", "advanced routing rule 'all'"],
      [null, null, "advanced routing rule 'all'"],
    ]);
  });

  test('shows its conditions in the table', () => {
    const lines = renderRoutesTable(list(advanced)).split('\n').slice(1, -1);
    const columns = lines.map((line) => line.split(/ {2,}/).slice(5));
    expect(columns).toEqual([
      ["Header 'X-Beta' is 'on' or 'yes' and Path does not match '^/a'", 'beta by settings', '-'],
      ['(any)', 'all by settings', '-'],
      ["Method is 'GET'", 'late by settings', "advanced routing rule 'all'"],
      ['(default)', 'web by settings', "advanced routing rule 'all'"],
    ]);
  });
});
