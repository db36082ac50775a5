import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { BackendHttpSettings } from '../../../src/gateway/model.ts';
import {
  allClosed,
  ask,
  startBackend,
  startGateway,
  startGatewayBefore,
  startRawBackend,
  type TestBackend,
} from '../fixture.ts';
import { StillClock } from '../still-clock.ts';
import { dial, say, startChat } from '../websocket/chat.ts';
import { fine, type LiveFact, probe, sources, testFacts } from './fact.ts';

const { works, badGateway, settings, features, probe: probing, choice } = sources;

/** The server that answered each of so many requests, one after the other. */
async function serversOf(gateway: Emulator, count: number, method = 'GET'): Promise<unknown[]> {
  const servers: unknown[] = [];
  for (let index = 0; index < count; index++) {
    const { status, headers } = await ask(gateway, '/x', { method, body: method === 'GET' ? '' : 'a' });
    servers.push(status === 200 ? headers['x-agate-backend'] : status);
  }
  return servers;
}

const three = { rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4', '10.0.0.5', '10.0.0.6'] } };
const [a, b, c] = three.pools.web.map((address) => `web/${address}:80`);

/** A port that accepts connections and ends them before TLS does. */
async function startWithoutTls(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).end('no TLS')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const bound = server.address();
  return bound !== null && typeof bound === 'object' ? bound.port : 0;
}

/** A gateway before servers that refuse, all of which their probes found well. */
async function startBeforeDead(count: number, alive: readonly TestBackend[] = []): Promise<Emulator> {
  const dead: TestBackend[] = [];
  for (let index = 0; index < count; index++) dead.push(await startBackend(fine));
  const gateway = await startGatewayBefore([...dead, ...alive]);
  for (const server of dead) await server.close();
  return gateway;
}

testFacts('balancing', [
  [
    'servers take turns',
    works,
    async () => expect(await serversOf(await startGateway(three), 6)).toEqual([a, b, c, a, b, c]),
  ],
  [
    'one that is not healthy is left out',
    works,
    async () => {
      const gateway = await startGateway(three);
      await gateway.setMemberState('web', '10.0.0.5', 'down');
      expect(new Set(await serversOf(gateway, 6))).toEqual(new Set([a, c]));
    },
  ],
  [
    'a server in two pools, or with two settings, has a health with each',
    probing,
    async () => {
      const server = await startBackend((incoming, outgoing) =>
        outgoing.writeHead(incoming.url === '/bad' ? 500 : 200).end(),
      );
      const gateway = await startGatewayBefore([server], {
        rules: [{ pool: 'web', settings: 'good', paths: [{ paths: ['/b/*'], pool: 'web', settings: 'bad' }] }],
        settings: { good: { probe: probe({ path: '/good' }) }, bad: { probe: probe({ path: '/bad' }) } },
      });
      expect([(await ask(gateway, '/x')).status, (await ask(gateway, '/b/x')).status]).toEqual([200, 502]);
    },
  ],
]);

testFacts('second attempts', [
  ...['GET', 'POST', 'PATCH'].map(
    (method): LiveFact => [
      `a ${method} that a server refuses goes to another one`,
      choice,
      async () => {
        const gateway = await startBeforeDead(1, [await startBackend(fine)]);
        const replies = [
          await ask(gateway, '/x', { method, body: 'a' }),
          await ask(gateway, '/x', { method, body: 'a' }),
        ];
        expect(replies.map(({ status }) => status)).toEqual([200, 200]);
        expect(
          gateway
            .requests()
            .map(({ attempts }) => attempts.length)
            .sort(),
        ).toEqual([1, 2]);
      },
    ],
  ),
  [
    'two that refuse are enough for 502, although a third one is there',
    choice,
    async () => {
      const gateway = await startBeforeDead(3);
      expect((await ask(gateway, '/x')).status).toBe(502);
      expect(gateway.requests()[0]).toMatchObject({
        errorInfo: 'ERRORINFO_UPSTREAM_NO_LIVE',
        attempts: [{ failure: 'refused the connection' }, { failure: 'refused the connection' }],
      });
    },
  ],
  [
    'a server with which TLS fails is as one that refuses',
    badGateway,
    async () => {
      const target = `https://127.0.0.1:${await startWithoutTls()}`;
      const kept = { settings: { protocol: 'Https', port: 443, probe: probe({ minServers: 2 }) } } as const;
      const pools = { web: ['10.0.0.4', '10.0.0.5'] };
      const gateway = await startGateway(
        { rules: [{ pool: 'web' }], pools, settings: kept },
        { backends: { web: target } },
      );
      expect((await ask(gateway, '/x', { method: 'POST', body: 'a' })).status).toBe(502);
      expect(gateway.requests()[0]?.attempts).toHaveLength(2);
    },
  ],
  ...(
    [
      ['GET', 200],
      ['PUT', 200],
      ['DELETE', 200],
      ['POST', 502],
      ['PATCH', 502],
    ] as const
  ).map(
    ([method, status]): LiveFact => [
      `a ${method} that a server may have received gets ${status}`,
      choice,
      async () => {
        const broken = await startRawBackend((socket) => socket.destroy());
        const sound = await startBackend((incoming, outgoing) => incoming.resume().on('end', () => outgoing.end()));
        const gateway = await startGatewayBefore([broken, sound]);
        expect((await ask(gateway, '/x', { method, body: 'a' })).status).toBe(status);
      },
    ],
  ),
]);

const drained = { connectionDraining: { enabled: true, drainTimeoutSeconds: 120 }, requestTimeoutSeconds: 600 };

/** A server with an open request and an open WebSocket, whose probe fails from now on. */
async function startSickening(ofSettings: Partial<BackendHttpSettings>) {
  const clock = new StillClock();
  let status = 200;
  let reached: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const server = await startBackend((incoming, outgoing) => {
    if (incoming.url === '/health') outgoing.writeHead(status).end();
    else if (incoming.url === '/hangs') reached();
    else outgoing.end('here');
  });
  const described = { probe: probe({ unhealthyThreshold: 1 }), ...ofSettings };
  const gateway = await startGatewayBefore([server], { settings: { settings: described } }, { clock });
  const hanging = ask(gateway, '/hangs', { method: 'POST' });
  hanging.catch(() => undefined);
  await arrived;
  const sicken = async (next: number) => {
    status = next;
    const changed = gateway.events.next('health');
    clock.advance(5000);
    await changed;
  };
  return { clock, gateway, hanging, server, sicken };
}

testFacts('draining', [
  ...(
    [
      ['30 s without draining', { requestTimeoutSeconds: 600 }, 30_000],
      ['the time of its settings with it', drained, 120_000],
    ] as const
  ).map(
    ([time, ofSettings, milliseconds]): LiveFact => [
      `a request to a server that has become unhealthy has ${time}, and is cut then`,
      features,
      async () => {
        const { clock, gateway, hanging, server, sicken } = await startSickening(ofSettings);
        await sicken(503);
        expect((await ask(gateway, '/x')).status).toBe(502);
        clock.advance(milliseconds - 1);
        expect(gateway.requests()).toHaveLength(1);
        const closed = allClosed(server);
        clock.advance(1);
        expect((await hanging).status).toBe(502);
        await closed;
      },
    ],
  ),
  [
    'a server that recovers before keeps its requests',
    features,
    async () => {
      const { clock, gateway, sicken } = await startSickening({ requestTimeoutSeconds: 600 });
      await sicken(503);
      await sicken(200);
      clock.advance(30_000);
      expect((await ask(gateway, '/x')).body).toBe('here');
      expect(gateway.requests()).toHaveLength(1);
    },
  ],
  [
    'a WebSocket leaves a server that has become unhealthy',
    settings,
    async () => {
      const chat = await startChat();
      const clock = new StillClock();
      const described = { probe: probe({ path: '/', unhealthyThreshold: 1 }), requestTimeoutSeconds: 600 };
      const gateway = await startGatewayBefore([chat], { settings: { settings: described } }, { clock });
      const client = await dial(gateway, '/chat');
      chat.probeStatus = 503;
      const changed = gateway.events.next('health');
      clock.advance(5000);
      await changed;
      expect(await say(client, 'still here')).toBe('still here');
      const told = gateway.events.next('request');
      client.on('error', () => undefined);
      clock.advance(30_000);
      expect((await told)[0]).toMatchObject({ status: 101, why: '10.0.0.4 has been unhealthy for 30 s.' });
    },
  ],
]);
