import { expect, test } from 'vitest';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { ExpectedAnswer } from './plan-requests.ts';

const gateway = makeGateway({
  pools: { web: ['10.0.0.4', 'fd00::4'] },
  rules: [{ pool: 'web' }, { redirect: { to: 'https://new.example/shop?x=1', type: 'Found' } }],
});
const pools = gateway.backendAddressPools;
const redirect = gateway.redirectConfigurations[0];
const expectations: Record<string, ExpectedAnswer> = {
  backend: { kind: 'backend', pools },
  badGateway: { kind: 'status', statuses: [502] },
  ...(redirect === undefined ? {} : { redirect: { kind: 'redirect', redirect } }),
};

test.each([
  ['backend', 200, { 'x-agate-backend': 'web/10.0.0.4:80' }, null],
  ['backend', 503, { 'x-agate-backend': 'WEB/10.0.0.4:80' }, null],
  ['backend', 200, { 'x-agate-backend': 'web/[fd00::4]:80' }, null],
  ['backend', 200, { 'x-agate-backend': 'web/fd00::4:80' }, null],
  ['backend', 200, { 'x-agate-backend': 'api/10.0.0.4:80' }, "answered by api/10.0.0.4:80, expected one of pool 'web'"],
  ['backend', 502, {}, "status 502 of no backend, expected one of pool 'web'"],
  ['badGateway', 502, {}, null],
  ['badGateway', 200, {}, 'status 200, expected 502'],
  ['redirect', 302, { location: 'https://new.example/shop/cart' }, null],
  ['redirect', 301, { location: 'https://new.example/shop/cart' }, 'status 301, expected the redirect 302'],
  ['redirect', 302, {}, 'a redirect without Location'],
  [
    'redirect',
    302,
    { location: 'https://old.example/' },
    'a redirect to https://old.example/, expected one to https://new.example/shop',
  ],
] as const)('expecting %s, status %d with %j: %j', (name, status, headers, verdict) => {
  const expected = expectations[name];
  expect(expected && judgeAnswer(expected, { status, headers })).toBe(verdict);
});
