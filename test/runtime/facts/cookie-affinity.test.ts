import { expect } from 'vitest';
import { ask, portOfListener, type Reply, startGateway } from '../fixture.ts';
import { sources, testFacts } from './fact.ts';

const { settings, affinity, v2, choice } = sources;
const sticky = { cookieBasedAffinity: true };
const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

function cookiesOf({ headers }: Reply): readonly string[] {
  return headers['set-cookie'] ?? [];
}

function affinityIn(line: string | undefined): string {
  return /=([^;]*)/.exec(line ?? '')?.[1] ?? '';
}

/** One pool behind two path rules, each with settings of its own whose cookies have the same name. */
const twoSettings = {
  rules: [{ pool: 'web', settings: 'a', paths: [{ paths: ['/b/*'], pool: 'web', settings: 'b' }] }],
  settings: { a: sticky, b: sticky },
};

testFacts('cookie affinity', [
  [
    'a response to a client without the cookie sets two, the one with CORS first, with one value',
    'https://github.com/Azure/application-gateway-kubernetes-ingress/issues/1730',
    async () => {
      const gateway = await startGateway({ rules: [{ pool: 'web' }], settings: { settings: sticky } });
      const reply = await ask(gateway, '/x');
      const [cors, plain] = cookiesOf(reply);
      expect(cors).toMatch(new RegExp(`^ApplicationGatewayAffinityCORS=${guid}; Path=/; SameSite=None; Secure$`));
      expect(plain).toMatch(new RegExp(`^ApplicationGatewayAffinity=${guid}; Path=/$`));
      expect(affinityIn(cors)).toBe(affinityIn(plain));
    },
  ],
  [
    'neither is HttpOnly, lasts longer than the browser or names a domain',
    settings,
    async () => {
      const gateway = await startGateway({ rules: [{ pool: 'web' }], settings: { settings: sticky } });
      const lines = cookiesOf(await ask(gateway, '/x', { headers: { host: 'shop.contoso.com' } }));
      expect(lines).toHaveLength(2);
      expect(lines.join()).not.toMatch(/httponly|expires|max-age|domain/i);
    },
  ],
  [
    'affinityCookieName names both',
    settings,
    async () => {
      const ofSettings = { settings: { ...sticky, affinityCookieName: 'mine' } };
      const lines = cookiesOf(await ask(await startGateway({ rules: [{ pool: 'web' }], settings: ofSettings }), '/x'));
      expect(lines.map((line) => line.split('=')[0])).toEqual(['mineCORS', 'mine']);
    },
  ],
  [
    'a client that returns the cookie gets no other, and its server',
    affinity,
    async () => {
      const spec = {
        rules: [{ pool: 'web' }],
        pools: { web: ['10.0.0.4', '10.0.0.5'] },
        settings: { settings: sticky },
      };
      const gateway = await startGateway(spec);
      const first = await ask(gateway, '/x');
      const headers = { cookie: `a=b; ApplicationGatewayAffinity=${affinityIn(cookiesOf(first)[1])}` };
      for (let index = 0; index < 3; index++) {
        const again = await ask(gateway, '/x', { headers });
        expect([again.headers['x-agate-backend'], cookiesOf(again)]).toEqual([first.headers['x-agate-backend'], []]);
      }
    },
  ],
  [
    'a client that does not gets them again and again',
    affinity,
    async () => {
      const gateway = await startGateway({ rules: [{ pool: 'web' }], settings: { settings: sticky } });
      const replies = [await ask(gateway, '/x'), await ask(gateway, '/x')];
      expect(replies.map((reply) => cookiesOf(reply).length)).toEqual([2, 2]);
    },
  ],
  [
    'one server has another value with each settings',
    'https://github.com/Azure/azure-cli/issues/15995',
    async () => {
      const gateway = await startGateway(twoSettings);
      const values = [await ask(gateway, '/x'), await ask(gateway, '/b/x')].map((reply) =>
        affinityIn(cookiesOf(reply)[1]),
      );
      expect(new Set(values).size).toBe(2);
    },
  ],
  [
    'settings that share a cookie name overwrite the cookies of each other',
    'https://github.com/Azure/application-gateway-kubernetes-ingress/pull/1280',
    async () => {
      const gateway = await startGateway(twoSettings);
      const cookie = `ApplicationGatewayAffinity=${affinityIn(cookiesOf(await ask(gateway, '/x'))[1])}`;
      expect(cookiesOf(await ask(gateway, '/b/x', { headers: { cookie } }))).toHaveLength(2);
    },
  ],
  [
    'a cookie that names a server which is down leads to another one, with a new cookie',
    choice,
    async () => {
      const spec = {
        rules: [{ pool: 'web' }],
        pools: { web: ['10.0.0.4', '10.0.0.5'] },
        settings: { settings: sticky },
      };
      const gateway = await startGateway(spec);
      const first = await ask(gateway, '/x');
      const [, member = ''] = /\/(.*):/.exec(String(first.headers['x-agate-backend'])) ?? [];
      await gateway.setMemberState('web', member, 'down');
      const cookie = `ApplicationGatewayAffinity=${affinityIn(cookiesOf(first)[1])}`;
      const next = await ask(gateway, '/x', { headers: { cookie } });
      expect([next.status, cookiesOf(next).length]).toEqual([200, 2]);
      expect(next.headers['x-agate-backend']).not.toBe(first.headers['x-agate-backend']);
    },
  ],
  [
    'gateways in a chain keep their clients with different names, and lose them with one',
    settings,
    async () => {
      const named = (affinityCookieName: string) => ({
        rules: [{ pool: 'web' }],
        settings: { settings: { ...sticky, affinityCookieName } },
      });
      const inner = await startGateway({ ...named('inner'), pools: { web: ['10.0.0.9'] } });
      const backends = { web: `127.0.0.1:${portOfListener(inner)}` };
      const outer = await startGateway(named('outer'), { backends });
      const lines = cookiesOf(await ask(outer, '/x'));
      expect(lines.map((line) => line.split('=')[0])).toEqual(['innerCORS', 'inner', 'outerCORS', 'outer']);
      const same = await startGateway(named('inner'), { backends });
      const cookie = `inner=${affinityIn(cookiesOf(await ask(same, '/x'))[3])}`;
      expect(cookiesOf(await ask(same, '/x', { headers: { cookie } }))).toHaveLength(2);
    },
  ],
  [
    'v1 sets one cookie, and no domain',
    v2,
    async () => {
      const spec = { generation: 'v1', rules: [{ pool: 'web' }], settings: { settings: sticky } } as const;
      const lines = cookiesOf(await ask(await startGateway(spec), '/x'));
      expect(lines).toEqual([expect.stringMatching(new RegExp(`^ApplicationGatewayAffinity=${guid}; Path=/$`))]);
    },
  ],
]);
