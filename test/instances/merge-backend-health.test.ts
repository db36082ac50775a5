import { expect, test } from 'vitest';
import type { BackendHealth, ServerHealth } from '../../src/emulator/backend-health.ts';
import { mergeBackendHealth } from '../../src/instances/merge-backend-health.ts';

function report(...servers: readonly ServerHealth[]): BackendHealth {
  return {
    backendAddressPools: [
      {
        backendAddressPool: { id: '/pools/web' },
        backendHttpSettingsCollection: [{ backendHttpSettings: { id: '/settings/plain' }, servers }],
      },
    ],
  };
}

const healthy: ServerHealth = { address: '10.0.0.4', health: 'Healthy', healthProbeLog: 'Success.' };
const unhealthy: ServerHealth = { address: '10.0.0.4', health: 'Unhealthy', healthProbeLog: 'Refused.' };
const other: ServerHealth = { address: '10.0.0.5', health: 'Healthy', healthProbeLog: 'Success.' };

test('where all instances agree the server is as they say', () => {
  expect(mergeBackendHealth([report(healthy, other), report(healthy, other)])).toEqual(report(healthy, other));
});

test('where instances do not agree the server is Partial, and the log says who found what', () => {
  expect(mergeBackendHealth([report(healthy, other), report(unhealthy, other)])).toEqual(
    report(
      {
        address: '10.0.0.4',
        health: 'Partial',
        healthProbeLog: 'Instance 0: Healthy, Success. Instance 1: Unhealthy, Refused.',
      },
      other,
    ),
  );
});

test('an address that is listed twice is compared place by place', () => {
  expect(mergeBackendHealth([report(healthy, unhealthy), report(healthy, unhealthy)])).toEqual(
    report(healthy, unhealthy),
  );
});

test('an instance that still serves another deployment says nothing about new servers', () => {
  expect(mergeBackendHealth([report(healthy, other), report(healthy)])).toEqual(report(healthy, other));
  expect(mergeBackendHealth([report(healthy), { backendAddressPools: [] }])).toEqual(report(healthy));
});
