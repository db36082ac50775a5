import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import type { BackendHealth } from '../../src/emulator/backend-health.ts';
import { runAgate, startAgate } from './run-agate.ts';

const example = 'fixtures/example/azuredeploy.json';

test('tells the health of a gateway that is running', async () => {
  await using agate = startAgate(['run', example, '--json', '--listen', 'all=0', '--admin', '0']);
  const ready = await agate.event('ready');
  const admin = String(ready['admin']);
  const asked = await runAgate(['health', '--admin', admin, '--json']);
  expect([asked.status, asked.stderr]).toEqual([0, '']);
  const { backendAddressPools } = JSON.parse(asked.stdout) as BackendHealth;
  expect(backendAddressPools[0]?.backendHttpSettingsCollection[0]?.servers).toEqual(
    ['10.0.1.4', '10.0.1.5'].map((address) => ({
      address,
      health: 'Healthy',
      healthProbeLog: 'Success. Received 200 status code',
    })),
  );
  await fetch(`${admin}/api/backends/web/10.0.1.5`, { method: 'POST', body: '{"state":"down"}' });
  const later = await runAgate(['health', '--admin', new URL(admin).host]);
  expect(later.status).toBe(1);
  expect(later.stdout).toMatch(/^ {2}web +plain +10\.0\.1\.5 +Unhealthy +Application Gateway could not connect/m);
  expect(later.stdout).toMatch(/\n5 of 6 healthy\n$/);
});

// fetch refuses them, as browsers do.
test('asks a gateway on a port that browsers have for something else', async () => {
  const health = { backendAddressPools: [] };
  await using server = await listenOnBadPort(() => JSON.stringify(health));
  const { status, stdout } = await runAgate(['health', '--admin', String(server.port), '--json']);
  expect([status, JSON.parse(stdout)]).toEqual([0, health]);
});

test('what answers something else is no gateway', async () => {
  await using server = await listenOnBadPort(() => '<html>');
  const { status, stderr } = await runAgate(['health', '--admin', String(server.port)]);
  expect(status).toBe(2);
  expect(stderr).toContain('What answers with 200 is no admin API of Agate');
});

test.each([
  [['health', '--admin', 'nowhere at all'], '--admin nowhere at all is not <[address:]port> or a URL.'],
  [['health', example, '--admin', '9900'], '--admin and a template are two different gateways to ask.'],
  [['health', example, '--timeout', '0'], 'It should be a number of seconds'],
])('%j cannot be done: %s', async (args, message) => {
  const { status, stdout, stderr } = await runAgate(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

/** On the first of several that is free. */
async function listenOnBadPort(answer: () => string): Promise<AsyncDisposable & { readonly port: number }> {
  for (const port of [4190, 6000, 6566, 6665, 6697, 10080]) {
    const server = createServer((_, response) => response.end(answer()));
    const isOpen = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
    if (isOpen) return { port, [Symbol.asyncDispose]: close };
  }
  throw new Error('none of the ports is free');
}
