import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { EmulatorEvents } from '../../src/observability/emulator-events.ts';
import { BackendNames, type LookUp, lookUpBySystem, lookUpWith } from '../../src/runtime/backends/backend-names.ts';
import { probeMessages } from '../../src/runtime/probes/probe-messages.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { ask, startGateway } from '../runtime/fixture.ts';
import { StillClock } from '../runtime/still-clock.ts';

/** Servers on several loopback addresses and one port, as the machines behind one name. */
async function startServers(...addresses: readonly string[]): Promise<number> {
  let port = 0;
  for (const address of addresses) {
    const server = createServer((incoming, outgoing) => outgoing.end(`${address} ${incoming.headers.host}`));
    server.listen(port, address);
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
    port = bound.port;
  }
  return port;
}

/** Answers of a name server, which the test may change. */
class NameServer {
  readonly asked: string[] = [];
  #addresses: readonly string[];
  #waiting: (() => void) | null = null;

  constructor(...addresses: readonly string[]) {
    this.#addresses = addresses;
  }

  readonly lookUp: LookUp = async (name) => {
    this.asked.push(name);
    this.#waiting?.();
    if (this.#addresses.length === 0) throw new Error('ENOTFOUND');
    return { addresses: this.#addresses, ttlSeconds: 60 };
  };

  change(...addresses: readonly string[]): void {
    this.#addresses = addresses;
  }

  nextQuestion(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}

const name = 'web.contoso.com';
const spec = (port: number) => ({
  rules: [{ pool: 'web' }],
  pools: { web: [name] },
  settings: { settings: { port, pickHostNameFromBackendAddress: true } },
});

async function answersOf(gateway: Emulator): Promise<string[]> {
  const replies = await Promise.all(Array.from({ length: 4 }, () => ask(gateway, '/x')));
  return [...new Set(replies.map(({ status, body }) => (status === 200 ? body : String(status))))].sort();
}

function healthOf(gateway: Emulator) {
  return gateway.backendHealth().backendAddressPools[0]?.backendHttpSettingsCollection[0]?.servers;
}

test('every address behind a name is a server of its own, and all get the name as Host', async () => {
  const port = await startServers('127.0.0.2', '127.0.0.3');
  const names = new NameServer('127.0.0.3', '127.0.0.2');
  const gateway = await startGateway(spec(port), { unmapped: 'live', lookUp: names.lookUp });
  expect(await answersOf(gateway)).toEqual([`127.0.0.2 ${name}`, `127.0.0.3 ${name}`]);
  expect(healthOf(gateway)).toEqual(
    ['127.0.0.2', '127.0.0.3'].map((address) => ({
      address,
      health: 'Healthy',
      healthProbeLog: probeMessages.success(200),
    })),
  );
  expect(gateway.backends).toEqual(
    ['127.0.0.2', '127.0.0.3'].map((address) => ({
      pool: 'web',
      member: name,
      port,
      kind: 'live',
      target: `http://${address}:${port}`,
    })),
  );
});

test('a name is looked up again when its TTL is over, and requests follow it', async () => {
  const port = await startServers('127.0.0.2', '127.0.0.3');
  const names = new NameServer('127.0.0.2');
  const clock = new StillClock();
  const gateway = await startGateway(spec(port), { unmapped: 'live', lookUp: names.lookUp, clock });
  expect(await answersOf(gateway)).toEqual([`127.0.0.2 ${name}`]);
  names.change('127.0.0.3');
  clock.advance(59_999);
  expect(names.asked).toHaveLength(1);
  const moved = gateway.events.next('addresses');
  clock.advance(1);
  await moved;
  expect(await answersOf(gateway)).toEqual([`127.0.0.3 ${name}`]);
});

// https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works
test('a lookup that fails keeps the last good addresses; a deployment forgets them', async () => {
  const port = await startServers('127.0.0.2');
  const names = new NameServer('127.0.0.2');
  const clock = new StillClock();
  const gateway = await startGateway(spec(port), { unmapped: 'live', lookUp: names.lookUp, clock });
  names.change();
  const asked = names.nextQuestion();
  clock.advance(60_000);
  await asked;
  expect(await answersOf(gateway)).toEqual([`127.0.0.2 ${name}`]);
  await gateway.deploy(makeGateway(spec(port)));
  expect(await answersOf(gateway)).toEqual(['502']);
  expect(healthOf(gateway)).toEqual([{ address: name, health: 'Unknown', healthProbeLog: probeMessages.unknown }]);
  expect(gateway.requests()[0]?.why).toBe(
    "The name 'web.contoso.com' in pool 'web' could not be resolved to an address.",
  );
});

test('a name that cannot be resolved at first is served as soon as it can', async () => {
  const port = await startServers('127.0.0.2');
  const names = new NameServer();
  const clock = new StillClock();
  const gateway = await startGateway(spec(port), { unmapped: 'live', lookUp: names.lookUp, clock });
  expect(gateway.backends).toEqual([{ pool: 'web', member: name, port, kind: 'unresolved', target: null }]);
  names.change('127.0.0.2');
  const found = gateway.events.next('addresses');
  clock.advance(30_000);
  await found;
  expect(await answersOf(gateway)).toEqual([`127.0.0.2 ${name}`]);
});

test('addresses that the user gives a name count before the system, and send its member there', async () => {
  const port = await startServers('127.0.0.2');
  const gateway = await startGateway(spec(port), { hosts: { 'WEB.contoso.com': ['127.0.0.2'] } });
  expect(await answersOf(gateway)).toEqual([`127.0.0.2 ${name}`]);
});

test('a name in hosts that no member has is told of', async () => {
  const port = await startServers('127.0.0.2');
  const events = new EmulatorEvents();
  const heard: string[] = [];
  events.on('notice', ({ severity, message }) => heard.push(`${severity} ${message}`));
  await startGateway(spec(port), { hosts: { [name]: ['127.0.0.2'], frontend: ['127.0.0.2'] }, events });
  expect(heard).toEqual(["warning hosts gives 'frontend' an address, and no member of a backend pool is called so."]);
});

test('the affinity of a client is to one address behind a name', async () => {
  const port = await startServers('127.0.0.2', '127.0.0.3');
  const options = { hosts: { [name]: ['127.0.0.2', '127.0.0.3'] } };
  const { settings } = spec(port).settings;
  const sticky = { ...spec(port), settings: { settings: { ...settings, cookieBasedAffinity: true } } };
  const gateway = await startGateway(sticky, options);
  const first = await ask(gateway, '/x');
  const cookie = first.headers['set-cookie']?.map((line) => line.split(';')[0]).join('; ') ?? '';
  for (let index = 0; index < 4; index++) {
    expect((await ask(gateway, '/x', { headers: { cookie } })).body).toBe(first.body);
  }
});

// Azure refuses such members; lint says so.
test.each(['10.0.0.0/24', 'http://contoso.com/', 'contoso.com:8080', 'a b'])(
  'a member %j, which is no host, has no server, and the others go on',
  async (member) => {
    const port = await startServers('127.0.0.2');
    const pools = { web: [member, '127.0.0.2'] };
    const gateway = await startGateway({ ...spec(port), pools }, { unmapped: 'live' });
    expect(await answersOf(gateway)).toEqual(['127.0.0.2 127.0.0.2']);
    expect(healthOf(gateway)?.[0]).toEqual({
      address: member,
      health: 'Unknown',
      healthProbeLog: probeMessages.unknown,
    });
    const down = await startGateway({ ...spec(port), pools }, { unmapped: 'down' });
    expect(await answersOf(down)).toEqual(['502']);
  },
);

test('nothing is looked up after it was disposed', async () => {
  const names = new NameServer('127.0.0.2');
  const clock = new StillClock();
  const found = await BackendNames.lookUp(['a', 'A', 'b'], clock, names.lookUp);
  expect(names.asked.sort()).toEqual(['a', 'b']);
  found.watch(() => undefined);
  found.dispose();
  clock.advance(1_000_000);
  expect(names.asked).toHaveLength(2);
  expect(found.addressesOf('B')).toEqual(['127.0.0.2']);
});

test('the system knows localhost, and how long is guessed', async () => {
  const found = await lookUpWith({}, lookUpBySystem)('localhost');
  expect(found.addresses).toContain('127.0.0.1');
  expect(found.ttlSeconds).toBeGreaterThanOrEqual(0);
});
