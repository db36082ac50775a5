import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { expect } from 'vitest';
import type { Probe } from '../../../src/gateway/model.ts';
import { probeMessages } from '../../../src/runtime/probes/probe-messages.ts';
import { ask, freePort, startGateway, startGatewayBefore, startRawBackend } from '../fixture.ts';
import {
  type Before,
  fine,
  healthOf,
  type LiveFact,
  probe,
  sources,
  startBefore,
  startLive,
  testFacts,
} from './fact.ts';

const { probe: probing, health, arm, faq, rest, badGateway, choice } = sources;
const success = (status = 200) => ['Healthy', `Success. Received ${status} status code`] as const;

/** The first probe of a server that is always well, as it arrived. */
async function firstProbe(before: Before = {}) {
  const server = await startLive(fine, '127.0.0.2');
  const gateway = await startBefore(server, before, { hosts: { 'vm.contoso.com': ['127.0.0.2'] } });
  expect(healthOf(gateway)).toEqual([success()]);
  const [request] = server.seen;
  return { method: request?.method, url: request?.url, host: request?.headers.host, headers: request?.rawHeaders };
}

/** What the gateway says of a server that answers its probe so. */
async function verdictOn(listener: RequestListener, described: Partial<Probe> | null = {}) {
  const server = await startLive(listener);
  const asked = described === null ? null : probe(described);
  return healthOf(await startBefore(server, { settings: { probe: asked } }));
}

const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_incoming, outgoing) =>
    outgoing.writeHead(code, headers).end('all is fine');

const match = (statusCodes: Probe['match']['statusCodes'], body: string | null = null) => ({
  match: { statusCodes, body },
});
const any = [{ from: 200, to: 399 }];
const picks = { host: null, pickHostNameFromBackendHttpSettings: true };

testFacts('what a probe asks', [
  [
    'the default probe asks for / with Host 127.0.0.1, of the real server',
    probing,
    async () => expect(await firstProbe()).toMatchObject({ method: 'GET', url: '/', host: '127.0.0.1' }),
  ],
  [
    'the default probe does so whatever host name the settings have',
    badGateway,
    async () =>
      expect(await firstProbe({ settings: { hostName: 'api.contoso.com' } })).toMatchObject({ host: '127.0.0.1' }),
  ],
  [
    'a custom probe asks for its path, with its query, with its host',
    probing,
    async () =>
      expect(await firstProbe({ settings: { probe: probe({ path: '/health?deep=1' }) } })).toMatchObject({
        url: '/health?deep=1',
        host: 'probe.contoso.com',
      }),
  ],
  [
    'a probe that picks its host takes hostName of the settings',
    probing,
    async () =>
      expect(await firstProbe({ settings: { hostName: 'api.contoso.com', probe: probe(picks) } })).toMatchObject({
        host: 'api.contoso.com',
      }),
  ],
  [
    'or the name in the pool, where the settings pick that',
    probing,
    async () =>
      expect(
        await firstProbe({
          member: 'vm.contoso.com',
          settings: { pickHostNameFromBackendAddress: true, probe: probe(picks) },
        }),
      ).toMatchObject({ host: 'vm.contoso.com' }),
  ],
  [
    'nothing tells who asks, and no credentials are sent',
    'https://github.com/Azure/application-gateway-kubernetes-ingress/issues/869',
    async () => {
      const { headers } = await firstProbe({ settings: { probe: probe() } });
      expect(headers).toEqual(['Host', 'probe.contoso.com', 'Connection', 'close']);
    },
  ],
  ...(['v2', 'v1'] as const).map(
    (generation): LiveFact => [
      generation === 'v2'
        ? 'a port of the probe counts'
        : 'v1 asks at the port of the settings, whatever the probe says',
      arm,
      async () => {
        const server = await startLive(fine);
        const other = await startLive(status(204));
        const settings = { probe: probe({ port: other.port }) };
        expect(healthOf(await startBefore(server, { generation, settings }))).toEqual([
          success(generation === 'v2' ? 204 : 200),
        ]);
      },
    ],
  ),
  [
    'only what some rule uses is asked, and each server with each settings',
    probing,
    async () => {
      const server = await startLive((incoming, outgoing) =>
        outgoing.writeHead(incoming.url === '/bad' ? 500 : 200).end(),
      );
      const at = (path: string) => ({ port: server.port, probe: probe({ path }) });
      const gateway = await startGateway(
        {
          rules: [{ pool: 'web', settings: 'good', paths: [{ paths: ['/b/*'], pool: 'web', settings: 'bad' }] }],
          pools: { web: ['127.0.0.2'], idle: ['127.0.0.2'] },
          settings: { good: at('/good'), bad: at('/bad'), unused: at('/unused') },
        },
        { unmapped: 'live' },
      );
      expect(server.seen.map(({ url }) => url).sort()).toEqual(['/bad', '/good']);
      expect(healthOf(gateway).map(([state]) => state)).toEqual(['Healthy', 'Unhealthy']);
      expect([(await ask(gateway, '/x')).status, (await ask(gateway, '/b/x')).status]).toEqual([200, 502]);
    },
  ],
]);

testFacts('what answer is a good one', [
  ['200 is', probing, async () => expect(await verdictOn(status(200), null)).toEqual([success()])],
  [
    'a redirect is, and is not followed',
    'https://github.com/Azure/application-gateway-kubernetes-ingress/issues/869',
    async () => expect(await verdictOn(status(302, { location: '/elsewhere' }), null)).toEqual([success(302)]),
  ],
  ['399 is', probing, async () => expect(await verdictOn(status(399), null)).toEqual([success(399)])],
  [
    '401 is not',
    health,
    async () =>
      expect(await verdictOn(status(401), null)).toEqual([['Unhealthy', probeMessages.status('200-399', 401)]]),
  ],
  [
    '401 is where match allows it',
    health,
    async () => expect(await verdictOn(status(401), match([...any, { from: 401, to: 401 }]))).toEqual([success(401)]),
  ],
  [
    'a part of the body is enough for match',
    faq,
    async () => expect(await verdictOn(status(200), match(any, 'is fine'))).toEqual([success()]),
  ],
  [
    'match knows no patterns',
    faq,
    async () =>
      expect(await verdictOn(status(200), match(any, 'is.*fine'))).toEqual([
        ['Unhealthy', probeMessages.body('is.*fine')],
      ]),
  ],
]);

const unhealthyText = (text: string) => [['Unhealthy', text]];

async function verdictOnSocket(act: (socket: Socket) => unknown) {
  return healthOf(
    await startGatewayBefore([await startRawBackend(act)], { settings: { settings: { probe: probe() } } }),
  );
}

testFacts('what Azure says', [
  [
    'of a server that does not answer in time',
    health,
    async () => expect(await verdictOn(() => undefined)).toEqual(unhealthyText(probeMessages.timeout)),
  ],
  [
    'of a body that does not end in time',
    choice,
    async () =>
      expect(await verdictOn((_incoming, outgoing) => void outgoing.write('al'), match(any, 'all'))).toEqual(
        unhealthyText(probeMessages.timeout),
      ),
  ],
  [
    'of a server where nobody listens',
    health,
    async () => {
      const settings = { settings: { port: await freePort() } };
      const spec = { rules: [{ pool: 'web' }], pools: { web: ['127.0.0.1'] }, settings };
      expect(healthOf(await startGateway(spec, { unmapped: 'live' }))).toEqual(unhealthyText(probeMessages.connect));
    },
  ],
  [
    'of a server that was named on the command line and has no address',
    health,
    async () => {
      const gateway = await startGateway({ rules: [{ pool: 'web' }] }, { backends: { web: 'nowhere.invalid:80' } });
      expect(healthOf(gateway)).toEqual(unhealthyText(probeMessages.dns));
      expect((await ask(gateway, '/x')).status).toBe(502);
    },
  ],
  [
    'of a name in a pool without an address, whose health is Unknown',
    health,
    async () => {
      const spec = { rules: [{ pool: 'web' }], pools: { web: ['nowhere.invalid'] } };
      const lookUp = async () => Promise.reject(new Error('ENOTFOUND'));
      const gateway = await startGateway(spec, { unmapped: 'live', lookUp });
      expect(healthOf(gateway)).toEqual([['Unknown', probeMessages.unknown]]);
      expect((await ask(gateway, '/x')).status).toBe(502);
    },
  ],
  [
    'of a status that is not wanted',
    health,
    async () =>
      expect(
        await verdictOn(
          status(503),
          match([
            { from: 200, to: 204 },
            { from: 301, to: 301 },
          ]),
        ),
      ).toEqual(
        unhealthyText(
          "Status code of the backend's HTTP response did not match the probe setting. Expected:200-204,301 Received:503.",
        ),
      ),
  ],
  [
    'of a body that is not wanted',
    health,
    async () =>
      expect(await verdictOn(status(200), match(any, 'ready'))).toEqual(
        unhealthyText(
          "Body of the backend's HTTP response did not match the probe setting. Received response body doesn't contain ready.",
        ),
      ),
  ],
  ...[
    ['closes the connection', (socket: Socket) => socket.end()] as const,
    ['resets it', (socket: Socket) => socket.resetAndDestroy()] as const,
    ['sends what is no HTTP', (socket: Socket) => socket.end('no HTTP\r\n\r\n')] as const,
  ].map(
    ([does, act]): LiveFact => [
      `of a server that ${does}`,
      choice,
      async () => expect(await verdictOnSocket(act)).toEqual(unhealthyText(probeMessages.connect)),
    ],
  ),
]);

testFacts('the report', [
  [
    'has the shape of the REST interface, with every pool, its settings and its servers',
    rest,
    async () => {
      const server = await startLive(status(302));
      const gateway = await startBefore(server, { pools: { web: ['127.0.0.2'], empty: [] } });
      expect(gateway.backendHealth()).toEqual({
        backendAddressPools: [
          {
            backendAddressPool: { id: 'gateway/backendAddressPools/web' },
            backendHttpSettingsCollection: [
              {
                backendHttpSettings: { id: 'gateway/backendHttpSettingsCollection/settings' },
                servers: [
                  { address: '127.0.0.2', health: 'Healthy', healthProbeLog: 'Success. Received 302 status code' },
                ],
              },
            ],
          },
          { backendAddressPool: { id: 'gateway/backendAddressPools/empty' }, backendHttpSettingsCollection: [] },
        ],
      });
    },
  ],
  [
    'has no servers for an empty pool that is used, whose requests get 502',
    badGateway,
    async () => {
      const gateway = await startGateway({ rules: [{ pool: 'web' }], pools: { web: [] } });
      const [pool] = gateway.backendHealth().backendAddressPools;
      expect(pool?.backendHttpSettingsCollection[0]?.servers).toEqual([]);
      expect((await ask(gateway, '/x')).status).toBe(502);
      expect(gateway.requests()[0]?.errorInfo).toBe('ERRORINFO_UPSTREAM_NO_LIVE');
    },
  ],
]);
