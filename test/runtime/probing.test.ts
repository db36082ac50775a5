import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { BackendHttpSettings, Probe } from '../../src/gateway/model.ts';
import { probeMessages } from '../../src/runtime/probes/probe-messages.ts';
import { ask, freePort, startBackend, startGateway, startGatewayBefore, startRawBackend } from './fixture.ts';
import { StillClock } from './still-clock.ts';

const probe: Probe = {
  id: 'p',
  name: 'p',
  origin: { span: undefined, path: '' },
  protocol: 'Http',
  host: 'probe.contoso.com',
  pickHostNameFromBackendHttpSettings: false,
  path: '/health',
  intervalSeconds: 5,
  timeoutSeconds: 1,
  unhealthyThreshold: 3,
  minServers: 0,
  port: null,
  match: { statusCodes: [{ from: 200, to: 399 }], body: null },
};

/** A server at its real address, as the template names it. */
async function startLive(listener: RequestListener, address = '127.0.0.2'): Promise<number> {
  const server = createServer(listener).listen(0, address);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  return bound.port;
}

function healthOf(gateway: Emulator) {
  return gateway
    .backendHealth()
    .backendAddressPools.flatMap(({ backendHttpSettingsCollection }) =>
      backendHttpSettingsCollection.flatMap(({ servers }) =>
        servers.map(({ health, healthProbeLog }) => [health, healthProbeLog]),
      ),
    );
}

const picks = { pickHostNameFromBackendHttpSettings: true, host: null };

// https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
test.each<[string, Partial<Probe> | null, Partial<BackendHttpSettings>, string, string]>([
  ['the default probe', null, {}, '/', '127.0.0.1'],
  ['the default probe, whatever the settings name', null, { hostName: 'api.contoso.com' }, '/', '127.0.0.1'],
  ['a probe with a host', {}, { hostName: 'api.contoso.com' }, '/health', 'probe.contoso.com'],
  ['a probe with a query', { path: '/health?deep=1' }, {}, '/health?deep=1', 'probe.contoso.com'],
  ['a probe that picks the host of the settings', picks, { hostName: 'api.contoso.com' }, '/health', 'api.contoso.com'],
  [
    'a probe that picks what the settings pick',
    picks,
    { pickHostNameFromBackendAddress: true },
    '/health',
    '127.0.0.2',
  ],
])('%s asks as Azure does', async (_name, ofProbe, ofSettings, path, host) => {
  const seen: IncomingMessage[] = [];
  const port = await startLive((incoming, outgoing) => {
    seen.push(incoming);
    outgoing.end();
  });
  const asked = ofProbe === null ? null : { ...probe, ...ofProbe };
  const settings = { settings: { port, probe: asked, ...ofSettings } };
  const spec = { rules: [{ pool: 'web' }], pools: { web: ['127.0.0.2'] }, settings };
  const gateway = await startGateway(spec, { unmapped: 'live' });
  expect(healthOf(gateway)).toEqual([['Healthy', 'Success. Received 200 status code']]);
  const [request] = seen;
  expect([request?.method, request?.httpVersion, request?.url]).toEqual(['GET', '1.1', path]);
  // Nothing tells who asks: github.com/Azure/application-gateway-kubernetes-ingress/issues/869
  expect(request?.rawHeaders).toEqual(['Host', host, 'Connection', 'close']);
});

test.each([
  ['v2', true],
  ['v1', false],
] as const)('on %s, a port of the probe itself is used: %s', async (generation, isUsed) => {
  const port = await startLive((_incoming, outgoing) => outgoing.end());
  const ofProbe = await startLive((_incoming, outgoing) => outgoing.writeHead(204).end());
  const settings = { settings: { port, probe: { ...probe, port: ofProbe } } };
  const spec = { generation, rules: [{ pool: 'web' }], pools: { web: ['127.0.0.2'] }, settings };
  const gateway = await startGateway(spec, { unmapped: 'live' });
  expect(healthOf(gateway)).toEqual([['Healthy', `Success. Received ${isUsed ? 204 : 200} status code`]]);
});

const status =
  (code: number): RequestListener =>
  (_incoming, outgoing) =>
    outgoing.writeHead(code).end();
const body =
  (text: string): RequestListener =>
  (_incoming, outgoing) =>
    outgoing.end(text);
const wantsFine = { match: { statusCodes: [{ from: 200, to: 399 }], body: 'fine' } };
const wants401 = {
  match: {
    statusCodes: [
      { from: 200, to: 200 },
      { from: 401, to: 401 },
    ],
    body: null,
  },
};

// https://learn.microsoft.com/troubleshoot/azure/application-gateway/application-gateway-backend-health-troubleshooting
test.each<[string, RequestListener, Partial<Probe>, string, string]>([
  ['200', status(200), {}, 'Healthy', 'Success. Received 200 status code'],
  ['a redirect, which is not followed', status(302), {}, 'Healthy', 'Success. Received 302 status code'],
  ['401', status(401), {}, 'Unhealthy', probeMessages.status('200-399', 401)],
  ['401, which is allowed', status(401), wants401, 'Healthy', 'Success. Received 401 status code'],
  ['302, which is not', status(302), wants401, 'Unhealthy', probeMessages.status('200,401', 302)],
  ['500', status(500), {}, 'Unhealthy', probeMessages.status('200-399', 500)],
  ['the body that is wanted', body('all is fine here'), wantsFine, 'Healthy', 'Success. Received 200 status code'],
  ['another body', body('broken'), wantsFine, 'Unhealthy', probeMessages.body('fine')],
  [
    'no end of the body',
    (_incoming, outgoing) => void outgoing.write('f'),
    wantsFine,
    'Unhealthy',
    probeMessages.timeout,
  ],
  ['nothing', () => undefined, {}, 'Unhealthy', probeMessages.timeout],
])('a server that answers its probe with %s is told of', async (_name, listener, ofProbe, health, log) => {
  const server = await startBackend(listener);
  const settings = { settings: { probe: { ...probe, ...ofProbe } } };
  const gateway = await startGatewayBefore([server], { settings });
  expect(healthOf(gateway)).toEqual([[health, log]]);
});

test.each<[string, (socket: Socket) => unknown]>([
  ['closes the connection', (socket) => socket.end()],
  ['resets it', (socket) => socket.resetAndDestroy()],
  ['sends garbage', (socket) => socket.end('no HTTP\r\n\r\n')],
])('a server that %s on a probe cannot be connected to, in the words of Azure', async (_name, act) => {
  const server = await startRawBackend(act);
  const gateway = await startGatewayBefore([server], { settings: { settings: { probe } } });
  expect(healthOf(gateway)).toEqual([['Unhealthy', probeMessages.connect]]);
});

test('a server that refuses connections cannot be connected to', async () => {
  const backends = { web: `127.0.0.1:${await freePort()}` };
  const gateway = await startGateway({ rules: [{ pool: 'web' }] }, { backends });
  expect(healthOf(gateway)).toEqual([['Unhealthy', probeMessages.connect]]);
});

test('a server has a health of its own with each settings, and settings that no rule uses are not probed', async () => {
  const asked: string[] = [];
  const server = await startBackend((incoming, outgoing) => {
    asked.push(incoming.url ?? '');
    outgoing.writeHead(incoming.url === '/bad' ? 500 : 200).end('here');
  });
  const settings = {
    good: { probe: { ...probe, path: '/good' } },
    bad: { probe: { ...probe, path: '/bad' } },
    unused: { probe: { ...probe, path: '/unused' } },
  };
  const gateway = await startGatewayBefore([server], {
    rules: [{ pool: 'web', settings: 'good', paths: [{ paths: ['/b/*'], pool: 'web', settings: 'bad' }] }],
    settings,
  });
  expect([(await ask(gateway, '/a')).status, (await ask(gateway, '/b/x')).status]).toEqual([200, 502]);
  expect(asked).not.toContain('/unused');
  expect(
    healthOf(gateway)
      .map(([health]) => health)
      .sort(),
  ).toEqual(['Healthy', 'Unhealthy']);
});

/** Counts probes; each answers with the status that the test wants. */
async function startCounted(clock: StillClock, generation: 'v1' | 'v2') {
  const counted = { probes: 0, status: 200 };
  const server = await startBackend((_incoming, outgoing) => {
    counted.probes++;
    outgoing.writeHead(counted.status).end();
  });
  const gateway = await startGatewayBefore([server], { generation, settings: { settings: { probe } } }, { clock });
  return { gateway, counted };
}

// https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
test.each([
  ['waits for the interval', 'v2', 5000],
  ['asks at once', 'v1', 0],
] as const)('after a probe that failed Azure %s on %s', async (_what, generation, wait) => {
  const clock = new StillClock();
  const { gateway, counted } = await startCounted(clock, generation);
  counted.status = 500;
  const down = gateway.events.next('health');
  const doubted = clock.asked(wait);
  clock.advance(5000);
  await doubted;
  const stillDoubted = clock.asked(wait);
  if (wait > 0) {
    clock.advance(wait - 1);
    expect(counted.probes).toBe(2);
    clock.advance(1);
  } else clock.advance(0);
  await stillDoubted;
  clock.advance(wait);
  expect((await down)[0]).toMatchObject({ before: { failures: 2 }, after: { health: 'Unhealthy', failures: 3 } });
  expect(counted.probes).toBe(4);
});

test('probes stop when the gateway does', async () => {
  const clock = new StillClock();
  const { gateway, counted } = await startCounted(clock, 'v2');
  await gateway.dispose(0);
  const { probes } = counted;
  clock.advance(1_000_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(counted.probes).toBe(probes);
});
