import { Agent, type IncomingMessage } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import { ask, startBackend, startGateway, startGatewayBefore } from '../fixture.ts';
import { StillClock } from '../still-clock.ts';
import { fine, sources, startBefore, startLive, testFacts } from './fact.ts';

const { settings, arm, hostNames, faq, works } = sources;

/** Without its probes. */
function requestsTo({ seen }: { readonly seen: readonly IncomingMessage[] }): IncomingMessage[] {
  return seen.filter(({ headers }) => headers['x-appgw-trace-id'] !== undefined);
}

async function hostFor(ofSettings: Parameters<typeof startBefore>[1], member = '127.0.0.2'): Promise<string> {
  const server = await startLive(fine);
  const gateway = await startBefore(server, { ...ofSettings, member }, { hosts: { 'vm.contoso.com': ['127.0.0.2'] } });
  expect((await ask(gateway, '/x', { headers: { host: 'shop.contoso.com:8080' } })).status).toBe(200);
  return String(requestsTo(server)[0]?.headers.host);
}

/** A client that keeps its connection. */
function keptClient(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return agent;
}

/** Ports of the gateway that a server sees, for two clients that ask twice each, in turn. */
async function portsFor(ofSettings: Parameters<typeof startBefore>[1]): Promise<string[]> {
  const server = await startLive((incoming, outgoing) => outgoing.end(String(incoming.socket.remotePort)));
  const gateway = await startBefore(server, ofSettings);
  const [a, b] = [keptClient(), keptClient()];
  const ports: string[] = [];
  for (const agent of [a, b, a, b]) ports.push((await ask(gateway, '/x', { agent })).body);
  return ports;
}

testFacts('backend settings', [
  [
    'port is where requests and probes go',
    settings,
    async () => {
      const server = await startLive(fine);
      const gateway = await startBefore(server);
      expect((await ask(gateway, '/x')).body).toBe('fine');
      expect(server.seen.map(({ url }) => url)).toEqual(['/', '/x']);
    },
  ],
  [
    'hostName replaces the Host',
    settings,
    async () => expect(await hostFor({ settings: { hostName: 'api.contoso.com' } })).toBe('api.contoso.com'),
  ],
  [
    'pickHostNameFromBackendAddress takes the name in the pool',
    settings,
    async () => {
      const picked = await hostFor({ settings: { pickHostNameFromBackendAddress: true } }, 'vm.contoso.com');
      expect(picked).toBe('vm.contoso.com');
    },
  ],
  [
    'pickHostNameFromBackendAddress takes the address where the pool has no name',
    hostNames,
    async () => expect(await hostFor({ settings: { pickHostNameFromBackendAddress: true } })).toBe('127.0.0.2'),
  ],
  [
    'with neither the Host of the client passes unchanged',
    hostNames,
    async () => expect(await hostFor({})).toBe('shop.contoso.com:8080'),
  ],
  [
    'requests to servers are HTTP/1.1',
    settings,
    async () => {
      const server = await startLive(fine);
      await ask(await startBefore(server), '/x');
      expect(new Set(server.seen.map(({ httpVersion }) => httpVersion))).toEqual(new Set(['1.1']));
    },
  ],
  [
    'connections to servers are kept, and shared by clients',
    settings,
    async () => expect(new Set(await portsFor({})).size).toBe(1),
  ],
  [
    'dedicatedBackendConnection gives each client a connection of its own',
    settings,
    async () => {
      const [ofA, ofB, ...again] = await portsFor({ settings: { dedicatedBackendConnection: true } });
      expect(ofA).not.toBe(ofB);
      expect(again).toEqual([ofA, ofB]);
    },
  ],
  [
    'cookieBasedAffinity Disabled sets no cookie',
    settings,
    async () =>
      expect((await ask(await startGateway({ rules: [{ pool: 'web' }] }), '/x')).headers['set-cookie']).toBe(undefined),
  ],
  [
    'requestTimeout ends the waiting for a server',
    arm,
    async () => {
      const clock = new StillClock();
      const { reply, gateway } = await askSilent(clock, { requestTimeoutSeconds: 7 });
      clock.advance(6999);
      expect(gateway.requests()).toEqual([]);
      clock.advance(250);
      expect((await reply).status).toBe(504);
    },
  ],
]);

async function askSilent(clock: StillClock, ofSettings: { readonly requestTimeoutSeconds: number }) {
  let reached: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const server = await startBackend(() => reached());
  const gateway = await startGatewayBefore([server], { settings: { settings: ofSettings } }, { clock });
  const reply = ask(gateway, '/x');
  await arrived;
  return { gateway, reply };
}

testFacts('authentication of connections', [
  [
    'dedicated connections end with their client',
    faq,
    async () => {
      const server = await startBackend(fine);
      const ofSettings = { settings: { settings: { dedicatedBackendConnection: true } } };
      const gateway = await startGatewayBefore([server], ofSettings);
      const agent = keptClient();
      await ask(gateway, '/x', { agent });
      const open = [...server.sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      expect(open.length).toBeGreaterThan(0);
      agent.destroy();
      await Promise.all(open);
    },
  ],
]);

testFacts('where requests come from', [
  [
    'servers see an address of the gateway and not of the client',
    works,
    async () => {
      const server = await startLive((incoming, outgoing) => outgoing.end(incoming.socket.remoteAddress));
      expect((await ask(await startBefore(server), '/x')).body).toBe('127.0.0.1');
    },
  ],
]);
