import { expect, test } from 'vitest';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { planRequests } from './plan-requests.ts';

function summary(spec: Parameters<typeof makeGateway>[0]) {
  const { requests, hidden } = planRequests(makeGateway(spec));
  return {
    requests: requests.map(({ rule, host, path, expected }) => {
      const what = expected.kind === 'backend' ? expected.pools.map(({ name }) => name).join('|') : expected.kind;
      return `${rule}: ${host}${path} → ${what}`;
    }),
    hidden: hidden.map(({ rule, hiddenBy }) => `${rule} by ${hiddenBy}`),
  };
}

test('a Basic rule gets one request to its root', () => {
  expect(summary({ rules: [{ name: 'all', pool: 'web' }] })).toEqual({
    requests: ['all: nobody.example/ → web'],
    hidden: [],
  });
});

test('every path rule gets a request of its own, and so do the defaults of the map', () => {
  const paths = [
    { name: 'images', paths: ['/images/*'], pool: 'images' },
    { name: 'health', paths: ['/health'], redirect: { to: 'https://status.example/' } },
  ];
  expect(summary({ rules: [{ name: 'site', pool: 'web', paths }] })).toEqual({
    requests: [
      'site: nobody.example/nowhere-in-particular → web',
      'site/images: nobody.example/images/page → images',
      'site/health: nobody.example/health → redirect',
    ],
    hidden: [],
  });
});

test('what an earlier path rule takes is hidden', () => {
  const paths = [
    { name: 'everything', paths: ['/*'], pool: 'all' },
    { name: 'api', paths: ['/API/*'], pool: 'api' },
  ];
  expect(summary({ rules: [{ name: 'site', pool: 'web', paths }] })).toEqual({
    requests: ['site/everything: nobody.example/page → all'],
    hidden: ['site (default) by everything', 'site/api by everything'],
  });
});

test('a path rule of which only one pattern is taken by others is reached by another pattern', () => {
  const paths = [
    { name: 'a', paths: ['/a/*'], pool: 'a' },
    { name: 'b', paths: ['/a/b', '/b'], pool: 'b' },
  ];
  expect(summary({ rules: [{ name: 'site', pool: 'web', paths }] }).requests).toContain('site/b: nobody.example/b → b');
});

test('a path rule whose patterns are no paths is reached by nothing', () => {
  const paths = [{ name: 'unfinished', paths: [''], pool: 'a' }];
  expect(summary({ rules: [{ name: 'site', pool: 'web', paths }] }).hidden).toEqual(['site/unfinished by nothing']);
});

test('a listener for every name hides those with a greater priority number', () => {
  const listeners = [{ name: 'any' }, { name: 'shop', hosts: ['*.shop.example'] }];
  const rules = [
    { name: 'any', listener: 'any', priority: 10, pool: 'any' },
    { name: 'shop', listener: 'shop', priority: 20, pool: 'shop' },
  ];
  expect(summary({ listeners, rules })).toEqual({ requests: ['any: nobody.example/ → any'], hidden: ['shop by any'] });
});

test('without priorities exact names come before patterns and those before every name', () => {
  const listeners = [{ name: 'any' }, { name: 'wild', hosts: ['*.example'] }, { name: 'exact', hosts: ['a.example'] }];
  const rules = listeners.map(({ name }) => ({ name, listener: name, priority: null, pool: name }));
  expect(summary({ listeners, rules })).toEqual({
    requests: ['exact: a.example/ → exact', 'wild: z.example/ → wild', 'any: nobody.invalid/ → any'],
    hidden: [],
  });
});

test.each([
  ['a pool without members', { pools: { empty: [] }, rules: [{ pool: 'empty' }] }, [502]],
  ['a rule without a target', { rules: [{}] }, [404, 502]],
])('%s has the gateway answer itself', (_, spec, statuses) => {
  expect(planRequests(makeGateway(spec)).requests[0]?.expected).toEqual({ kind: 'status', statuses });
});
