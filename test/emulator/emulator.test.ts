import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { EmulatorErrorCode } from '../../src/base/errors.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { EmulatorEvents } from '../../src/observability/emulator-events.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { probe } from '../runtime/facts/fact.ts';
import {
  ask,
  exchangeBytes,
  open,
  portOfListener,
  startBackend,
  startGateway,
  startGatewayBefore,
} from '../runtime/fixture.ts';
import { StillClock } from '../runtime/still-clock.ts';

const web = { rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4', '10.0.0.5'] } } as const;

test('tells where listeners and backends are', async () => {
  const gateway = await startGateway(web);
  expect(gateway.listeners).toEqual([
    {
      name: 'listener',
      protocol: 'Http',
      frontendPort: 80,
      hostNames: [],
      address: '127.0.0.1',
      port: expect.any(Number),
      url: `http://127.0.0.1:${portOfListener(gateway)}`,
    },
  ]);
  expect(gateway.backends).toEqual(
    ['10.0.0.4', '10.0.0.5'].map((member) => ({
      pool: 'web',
      member,
      port: 80,
      kind: 'mock',
      target: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    })),
  );
});

test('tells once of a member that several settings lead to', async () => {
  const gateway = await startGateway({
    rules: [
      {
        pool: 'web',
        paths: [
          { paths: ['/a'], pool: 'web', settings: 'long' },
          { paths: ['/b'], pool: 'web', settings: 'other' },
        ],
      },
    ],
    pools: { web: ['10.0.0.4'] },
    settings: { long: { requestTimeoutSeconds: 100 }, other: { port: 81 } },
  });
  expect(gateway.backends.map(({ pool, member, port }) => [pool, member, port])).toEqual([
    ['web', '10.0.0.4', 80],
    ['web', '10.0.0.4', 81],
  ]);
});

test("reports the backends' health as Azure does", async () => {
  const gateway = await startGateway(web);
  const [pool] = gateway.gateway.backendAddressPools;
  const [settings] = gateway.gateway.backendHttpSettingsCollection;
  // https://learn.microsoft.com/rest/api/application-gateway/application-gateways/backend-health
  expect(gateway.backendHealth()).toEqual({
    backendAddressPools: [
      {
        backendAddressPool: { id: pool?.id },
        backendHttpSettingsCollection: [
          {
            backendHttpSettings: { id: settings?.id },
            servers: ['10.0.0.4', '10.0.0.5'].map((address) => ({
              address,
              health: 'Healthy',
              healthProbeLog: 'Success. Received 200 status code',
            })),
          },
        ],
      },
    ],
  });
});

test('tells that it is ready, and what differs from Azure, to who listens from the start', async () => {
  const events = new EmulatorEvents();
  const heard: string[] = [];
  events.on('ready', () => heard.push('ready'));
  events.on('notice', ({ message }) => heard.push(message));
  await startGateway({ listeners: [{ name: 'tls', port: 443, protocol: 'Https' }], ...web }, { events });
  expect(heard).toEqual([
    "Listener 'tls' shows a certificate made by a local authority instead of 'certificate'.",
    'ready',
  ]);
});

interface Obstacle extends Partial<EmulatorOptions> {
  readonly release: () => unknown;
}

test.each<[name: string, code: EmulatorErrorCode, prepare: () => Promise<Obstacle>]>([
  [
    'a port in use',
    'PortInUse',
    async () => {
      const holder = createServer().listen(0, '127.0.0.1');
      await once(holder, 'listening');
      const address = holder.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      return { listen: { 80: port }, release: () => holder.close() };
    },
  ],
  [
    'an address that is not of this machine',
    'AddressNotAvailable',
    async () => ({ bind: '203.0.113.1', release: () => undefined }),
  ],
  [
    'a mapping of a port that no listener has',
    'InvalidOption',
    async () => ({ listen: { 81: 0 }, release: () => undefined }),
  ],
  [
    'a backend mapping that names nothing',
    'InvalidOption',
    async () => ({ backends: { nobody: 'localhost:1' }, release: () => undefined }),
  ],
])('refuses to start with %s', async (_name, code, prepare) => {
  const { release, ...options } = await prepare();
  const starting = startEmulator({ gateway: makeGateway(web), listen: { all: 0 }, ...options });
  await expect(starting).rejects.toMatchObject({ name: 'EmulatorError', code, hint: expect.any(String) });
  release();
});

test('a member that is taken down gets nothing, and comes back', async () => {
  const gateway = await startGateway(web);
  const servers = async () => {
    const replies = await Promise.all(Array.from({ length: 6 }, () => ask(gateway, '/x')));
    return [...new Set(replies.map(({ status, headers }) => `${status} ${headers['x-agate-backend']}`))].sort();
  };
  expect(await gateway.setMemberState('WEB', '10.0.0.4', 'down')).toBe(true);
  expect(await servers()).toEqual(['200 web/10.0.0.5:80']);
  expect(gateway.backendHealth().backendAddressPools[0]?.backendHttpSettingsCollection[0]?.servers[0]).toMatchObject({
    health: 'Unhealthy',
    healthProbeLog: expect.stringContaining('could not connect to the backend'),
  });
  expect(await gateway.setMemberState('web', '10.0.0.4:80', 'up')).toBe(true);
  expect(await servers()).toEqual(['200 web/10.0.0.4:80', '200 web/10.0.0.5:80']);
  expect(await gateway.setMemberState('web', '10.0.0.9', 'down')).toBe(false);
});

test('redeploying fifty times under load fails no request', async () => {
  const gateway = await startGateway(web);
  const failed: string[] = [];
  let isOver = false;
  let answered = 0;
  const clients = Array.from({ length: 8 }, async (_, index) => {
    const agent = new Agent({ keepAlive: index < 4, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    // Those that take their time are open while the gateway changes, as often as not.
    const path = index % 2 === 0 ? '/x' : '/x?agate-delay=20ms';
    while (!isOver) {
      const reply = await ask(gateway, path, { method: 'POST', body: 'abc', agent }).catch((error) => ({
        status: 0,
        body: String(error),
      }));
      answered++;
      if (reply.status !== 200) failed.push(`${reply.status} ${reply.body}`);
    }
  });
  for (let round = 0; round < 50; round++) {
    const members = round % 2 === 0 ? ['10.0.0.4', '10.0.0.6'] : ['10.0.0.5'];
    await gateway.deploy(
      makeGateway({
        ...web,
        pools: { web: members },
        listeners: [{ name: 'listener' }, { name: `extra${round}`, port: 81 }],
      }),
    );
  }
  isOver = true;
  await Promise.all(clients);
  expect(failed).toEqual([]);
  expect(answered).toBeGreaterThan(50);
});

test('a deployment keeps ports and health, adds and removes listeners, and serves the new rules', async () => {
  const backend = await startBackend((_incoming, outgoing) => outgoing.end('live'));
  const gateway = await startGatewayBefore([backend]);
  const port = portOfListener(gateway);
  const changes: string[] = [];
  gateway.events.on('health', ({ server }) => changes.push(server.address.address));
  const next = makeGateway({
    listeners: [{ name: 'listener' }, { name: 'second', port: 8081 }],
    rules: [
      { listener: 'listener', pool: 'web' },
      { listener: 'second', redirect: { to: 'https://contoso.com/', path: false } },
    ],
    pools: { web: ['10.0.0.4'] },
  });
  await gateway.deploy(next);
  expect(gateway.listeners.map(({ name }) => name)).toEqual(['listener', 'second']);
  expect(portOfListener(gateway)).toBe(port);
  expect((await ask(gateway, '/x')).body).toBe('live');
  const redirected = await ask(gateway, '/x', { listener: 1 });
  expect([redirected.status, redirected.headers.location]).toEqual([301, 'https://contoso.com/']);
  const removed = portOfListener(gateway, 1);
  await gateway.deploy(makeGateway({ rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4'] } }));
  await expect(exchangeBytes(removed, 'GET / HTTP/1.1\r\n\r\n')).rejects.toThrow('ECONNREFUSED');
  expect(changes).toEqual([]);
});

test('a deployment that fails leaves the gateway as it was', async () => {
  const backend = await startBackend((_incoming, outgoing) => outgoing.end('live'));
  const gateway = await startGatewayBefore([backend]);
  await expect(
    gateway.deploy(makeGateway({ rules: [{ pool: 'web' }], pools: { web: ['10.9.9.9'] } })),
  ).rejects.toMatchObject({
    code: 'InvalidOption',
  });
  expect((await ask(gateway, '/x')).body).toBe('live');
});

/** A server that notes the paths of its probes, and a gateway before it. */
async function startProbed(path: string) {
  const asked: string[] = [];
  const server = await startBackend((incoming, outgoing) => {
    asked.push(incoming.url ?? '');
    outgoing.writeHead(incoming.url === '/broken' ? 500 : 200).end('live');
  });
  const specFor = (path: string) => ({
    rules: [{ pool: 'web' }],
    pools: { web: ['10.0.0.4'] },
    settings: { settings: { probe: probe({ path }) } },
  });
  const clock = new StillClock();
  const gateway = await startGatewayBefore([server], specFor(path), { clock, listen: { 80: 0 } });
  return { asked, clock, gateway, specFor };
}

test('a deployment with another probe asks by that before it is done', async () => {
  const { asked, gateway, specFor } = await startProbed('/broken');
  expect((await ask(gateway, '/x')).status).toBe(502);
  await gateway.deploy(makeGateway(specFor('/sound')));
  expect((await ask(gateway, '/x')).status).toBe(200);
  expect(asked).toEqual(['/broken', '/sound', '/x']);
});

test('a deployment that fails leaves the probes as they were', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void holder.close());
  await once(holder, 'listening');
  const held = holder.address();
  const port = typeof held === 'object' && held !== null ? held.port : 0;
  const { asked, clock, gateway, specFor } = await startProbed('/sound');
  const listeners = [{ name: 'listener' }, { name: 'second', port }];
  const rules = listeners.map(({ name }) => ({ listener: name, pool: 'web' }));
  const deploying = gateway.deploy(makeGateway({ ...specFor('/broken'), listeners, rules }));
  await expect(deploying).rejects.toMatchObject({ code: 'PortInUse' });
  const next = clock.asked(5000);
  clock.advance(5000);
  await next;
  expect(asked).toEqual(['/sound', '/sound']);
});

test('dispose lets a request in flight finish, refuses new ones, and may be called again', async () => {
  let answer: () => void = () => undefined;
  const backend = await startBackend((_incoming, outgoing) => {
    answer = () => outgoing.end('done');
    outgoing.write('almost ');
  });
  const gateway = await startGatewayBefore([backend], {}, { globalConfiguration: { enableResponseBuffering: false } });
  const port = portOfListener(gateway);
  const response = await open(gateway, '/slow');
  const disposed = gateway.dispose();
  await expect(exchangeBytes(port, 'GET / HTTP/1.1\r\n\r\n')).rejects.toThrow('ECONNREFUSED');
  answer();
  let body = '';
  for await (const chunk of response) body += String(chunk);
  expect(body).toBe('almost done');
  await disposed;
  await gateway.dispose();
});

test('dispose leaves nothing open: a process that did nothing else ends by itself', async () => {
  const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const cli = file('../../node_modules/jiti/lib/jiti-cli.mjs');
  const child = spawn(process.execPath, [cli, file('./start-and-dispose.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(output).toBe('200 hi 200\ndisposed\n');
});

test('an empty pool that is mapped as a whole has the server it is mapped to', async () => {
  const backend = await startBackend((_incoming, outgoing) => outgoing.end('live'));
  const spec = { rules: [{ pool: 'web' }], pools: { web: [] } };
  const gateway = await startGateway(spec, { backends: { web: `127.0.0.1:${backend.port}` } });
  expect((await ask(gateway, '/x')).body).toBe('live');
});

test('takes a client on this machine for one at another address', async () => {
  const clientIps = new Map<number, string>();
  const gateway = await startGateway(web, { clientIps });
  const socket = connect({ host: '127.0.0.1', port: portOfListener(gateway) });
  await once(socket, 'connect');
  clientIps.set(socket.localPort ?? 0, '203.0.113.7');
  const finished = gateway.events.next('request');
  socket.end('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  const [record] = await finished;
  expect(record.request.clientIp).toBe('203.0.113.7');
});
