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

test.each([
  [['health', '--admin', 'nowhere at all'], '--admin nowhere at all is not <[address:]port> or a URL.'],
  [['health', example, '--admin', '9900'], '--admin and a template are two different gateways to ask.'],
  [['health', example, '--timeout', '0'], 'It should be a number of seconds'],
])('%j cannot be done: %s', async (args, message) => {
  const { status, stdout, stderr } = await runAgate(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
