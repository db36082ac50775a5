import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { GatewaySpec } from '../routing/gateway-fixture.ts';
import { ask, startGateway } from './fixture.ts';

/** Two ways to one pool, each with settings of its own. */
const spec: GatewaySpec = {
  rules: [{ pool: 'web', settings: 'a', paths: [{ paths: ['/b/*'], pool: 'web', settings: 'b' }] }],
  pools: { web: ['10.0.0.4'] },
  settings: {
    a: { cookieBasedAffinity: true, affinityCookieName: 'first' },
    b: { cookieBasedAffinity: true, affinityCookieName: 'second' },
  },
};

async function cookies(gateway: Emulator, path: string, cookie = ''): Promise<readonly string[]> {
  const { headers } = await ask(gateway, path, cookie === '' ? {} : { headers: { cookie } });
  return headers['set-cookie'] ?? [];
}

function affinityIn(lines: readonly string[], name: string): string {
  return lines.find((line) => line.startsWith(`${name}=`))?.split(/[=;]/)[1] ?? '';
}

test.each([
  ['no cookie', ''],
  ['a value that names nobody', 'first=2b3c9d6e-0000-0000-0000-000000000000'],
  ['the cookie for cross-origin requests alone', 'firstCORS={value}'],
  ['the cookie of other settings', 'second={value}'],
])('a client with %s is given cookies', async (_what, cookie) => {
  const gateway = await startGateway(spec);
  const value = affinityIn(await cookies(gateway, '/x'), 'first');
  expect(await cookies(gateway, '/x', cookie.replace('{value}', value))).toHaveLength(2);
});

test('the value stays the same when the gateway is started again', async () => {
  const values = [await startGateway(spec), await startGateway(spec)].map(async (gateway) =>
    affinityIn(await cookies(gateway, '/x'), 'first'),
  );
  expect(await values[0]).toBe(await values[1]);
});

test('without affinity there are no cookies, and none is obeyed', async () => {
  const members = { pools: { web: ['10.0.0.4', '10.0.0.5'] } };
  const sticky = await startGateway({ ...spec, ...members });
  const cookie = `first=${affinityIn(await cookies(sticky, '/x'), 'first')}`;
  const gateway = await startGateway({ ...spec, ...members, settings: { a: { affinityCookieName: 'first' } } });
  const replies = [
    await ask(gateway, '/x', { headers: { cookie } }),
    await ask(gateway, '/x', { headers: { cookie } }),
  ];
  expect(new Set(replies.map(({ headers }) => headers['x-agate-backend'])).size).toBe(2);
  expect(replies.flatMap(({ headers }) => headers['set-cookie'] ?? [])).toEqual([]);
});
