import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { BackendHttpSettings } from '../../src/gateway/model.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { ask, portOfListener, type Reply, startBackend, startGateway } from '../runtime/fixture.ts';
import { StillClock } from '../runtime/still-clock.ts';

const settings = { cookieBasedAffinity: true, requestTimeoutSeconds: 600 };
const drained = { ...settings, connectionDraining: { enabled: true, drainTimeoutSeconds: 120 } };

const gatewayWith = (members: readonly string[], ofSettings: Partial<BackendHttpSettings> = settings) => ({
  rules: [{ pool: 'web' }],
  pools: { web: members },
  settings: { settings: ofSettings },
});

const both = ['10.0.0.4', '10.0.0.5'];

function cookieOf({ headers }: Reply): string {
  return headers['set-cookie']?.map((line) => line.split(';')[0]).join('; ') ?? '';
}

/** A client that is bound to a server. */
async function bindTo(gateway: Emulator, member: string): Promise<{ readonly cookie: string }> {
  for (;;) {
    const reply = await ask(gateway, '/x');
    if (serverOf(reply) === member) return { cookie: cookieOf(reply) };
  }
}

function serverOf({ headers }: Reply): string {
  return /^web\/(.*):80$/.exec(String(headers['x-agate-backend']))?.[1] ?? '';
}

// https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#connection-draining
test('a removed server gets no new clients, but those that are bound to it, until its time is over', async () => {
  const clock = new StillClock();
  const gateway = await startGateway(gatewayWith(both), { clock });
  const headers = await bindTo(gateway, '10.0.0.5');
  await gateway.deploy(makeGateway(gatewayWith(['10.0.0.4'])));
  for (let index = 0; index < 4; index++) expect(serverOf(await ask(gateway, '/x'))).toBe('10.0.0.4');
  const bound = await ask(gateway, '/x', { headers });
  expect([serverOf(bound), bound.headers['set-cookie']]).toEqual(['10.0.0.5', undefined]);
  clock.advance(29_999);
  expect(serverOf(await ask(gateway, '/x', { headers }))).toBe('10.0.0.5');
  clock.advance(1);
  const later = await ask(gateway, '/x', { headers });
  expect([serverOf(later), later.headers['set-cookie']?.length]).toEqual(['10.0.0.4', 2]);
  expect(gateway.requests()[0]?.attempts).toHaveLength(1);
});

test('a second deployment does not shorten the time of a server that left with the first', async () => {
  const clock = new StillClock();
  const gateway = await startGateway(gatewayWith(both, drained), { clock });
  const headers = await bindTo(gateway, '10.0.0.5');
  await gateway.deploy(makeGateway(gatewayWith(['10.0.0.4'], drained)));
  await gateway.deploy(makeGateway(gatewayWith(['10.0.0.4', '10.0.0.6'], drained)));
  clock.advance(119_999);
  expect(serverOf(await ask(gateway, '/x', { headers }))).toBe('10.0.0.5');
  clock.advance(1);
  expect(serverOf(await ask(gateway, '/x', { headers }))).not.toBe('10.0.0.5');
});

test('a server that comes back before its time is over is a member like the others', async () => {
  const clock = new StillClock();
  const gateway = await startGateway(gatewayWith(both), { clock });
  const headers = await bindTo(gateway, '10.0.0.5');
  await gateway.deploy(makeGateway(gatewayWith(['10.0.0.4'])));
  await gateway.deploy(makeGateway(gatewayWith(both)));
  clock.advance(30_000);
  expect(serverOf(await ask(gateway, '/x', { headers }))).toBe('10.0.0.5');
  const servers = new Set([serverOf(await ask(gateway, '/x')), serverOf(await ask(gateway, '/x'))]);
  expect([...servers].sort()).toEqual(both);
});

test.each([
  ['30 s without draining', settings, 30_000],
  ['the time of the settings with it', drained, 120_000],
])('a request that is open when its server leaves has %s', async (_name, ofSettings, milliseconds) => {
  let reached: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let answer: () => void = () => undefined;
  const backend = await startBackend((incoming, outgoing) => {
    if (incoming.url === '/finishes') answer = () => outgoing.end('done');
    if (incoming.url === '/hangs') reached();
  });
  const clock = new StillClock();
  const backends = { web: `127.0.0.1:${backend.port}` };
  const gateway = await startGateway(gatewayWith(['10.0.0.5'], ofSettings), { clock, backends });
  const finishing = ask(gateway, '/finishes');
  const hanging = ask(gateway, '/hangs', { method: 'POST' });
  await arrived;
  await gateway.deploy(makeGateway(gatewayWith(['10.0.0.4'], ofSettings)));
  clock.advance(milliseconds - 1);
  answer();
  expect((await finishing).body).toBe('done');
  clock.advance(1);
  expect((await hanging).status).toBe(502);
});

test('the stand-in of a server that has left is stopped, and started again when the server comes back', async () => {
  const clock = new StillClock();
  const gateway = await startGateway(gatewayWith(both), { clock });
  const [, mock] = gateway.mocks;
  await gateway.deploy(makeGateway(gatewayWith(['10.0.0.4'])));
  clock.advance(29_999);
  expect([gateway.mocks.length, mock?.isUp]).toEqual([2, true]);
  clock.advance(1);
  await gateway.deploy(makeGateway(gatewayWith(['10.0.0.4'])));
  expect([gateway.mocks.length, mock?.isUp]).toEqual([1, false]);
  await gateway.deploy(makeGateway(gatewayWith(both)));
  const servers = new Set([serverOf(await ask(gateway, '/x')), serverOf(await ask(gateway, '/x'))]);
  expect([...servers].sort()).toEqual(both);
});

test('a WebSocket is cut when the time of its server is over', async () => {
  const clock = new StillClock();
  const gateway = await startGateway(gatewayWith(['10.0.0.5']), { clock });
  const client = new WebSocket(`ws://127.0.0.1:${portOfListener(gateway)}/chat`);
  await once(client, 'open');
  await gateway.deploy(makeGateway(gatewayWith(['10.0.0.4'])));
  client.send('still here');
  expect(String((await once(client, 'message'))[0])).toBe('still here');
  const closed = once(client, 'close');
  client.on('error', () => undefined);
  clock.advance(30_000);
  await closed;
});

test('a client whose server is down is given another one, with new cookies', async () => {
  const gateway = await startGateway(gatewayWith(both));
  const headers = await bindTo(gateway, '10.0.0.5');
  await gateway.setMemberState('web', '10.0.0.5', 'down');
  const reply = await ask(gateway, '/x', { headers });
  expect([serverOf(reply), cookieOf(reply).includes('ApplicationGatewayAffinity=')]).toEqual(['10.0.0.4', true]);
  const rebound = { cookie: cookieOf(reply) };
  await gateway.setMemberState('web', '10.0.0.5', 'up');
  expect(serverOf(await ask(gateway, '/x', { headers: rebound }))).toBe('10.0.0.4');
});
