import { describe, expect, test } from 'vitest';
import { judgeResponse } from '../../src/runtime/probes/judge-response.ts';
import { planProbe } from '../../src/runtime/probes/probe-plan.ts';
import { type HealthState, nextHealth, unknownHealth } from '../../src/runtime/probes/probe-state.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { probe as describeProbe } from './facts/fact.ts';

const probe = describeProbe({ path: '/health?x=1', timeoutSeconds: 2, unhealthyThreshold: 2 });

/** `+` is a probe that succeeds, `-` one that fails; the state after each. */
// https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
test.each([
  ['+', 3, 'H'],
  ['-', 3, 'U'],
  ['-+', 3, 'UH'],
  ['+--', 3, 'HHH'],
  ['+---', 3, 'HHHU'],
  ['+--+--', 3, 'HHHHHH'],
  ['+----+', 3, 'HHHUUH'],
  ['+-', 1, 'HU'],
  ['--+-', 2, 'UUHH'],
])('after %s with a threshold of %d: %s', (results, threshold, expected) => {
  let state: HealthState = unknownHealth;
  let states = '';
  for (const result of results) {
    state = nextHealth(state, { isSuccess: result === '+', log: result }, threshold);
    states += state.health[0];
  }
  expect(states).toBe(expected);
});

test.each([
  [200, '', true, 'Success. Received 200 status code'],
  [302, '', true, 'Success. Received 302 status code'],
  [399, '', true, 'Success. Received 399 status code'],
  [
    401,
    '',
    false,
    "Status code of the backend's HTTP response did not match the probe setting. Expected:200-399 Received:401.",
  ],
])('a default match of %d %s: %s', (status, body, isSuccess, log) => {
  expect(judgeResponse(probe.match, status, body)).toEqual({ isSuccess, log });
});

test('a match may name single codes and a part of the body', () => {
  const match = {
    statusCodes: [
      { from: 200, to: 204 },
      { from: 401, to: 401 },
    ],
    body: 'fine',
  };
  expect(judgeResponse(match, 401, 'all is fine').isSuccess).toBe(true);
  expect(judgeResponse(match, 500, '').log).toContain('Expected:200-204,401 Received:500.');
  expect(judgeResponse(match, 200, 'broken').log).toBe(
    "Body of the backend's HTTP response did not match the probe setting. Received response body doesn't contain fine.",
  );
});

describe('planProbe', () => {
  const [base] = makeGateway({ rules: [{ pool: 'web' }] }).backendHttpSettingsCollection;
  if (base === undefined) throw new Error('The gateway has no settings.');
  const settings = { ...base, port: 8080, hostName: 'api.contoso.com' };
  const server = { address: 'vm.contoso.com', kind: 'fqdn', port: 8080 } as const;

  test('the default probe asks for / with Host 127.0.0.1 every 30 s, whatever the settings say', () => {
    expect(planProbe(settings, server, 'v2')).toMatchObject({
      path: '/',
      host: '127.0.0.1',
      port: 8080,
      serverName: 'api.contoso.com',
      intervalMilliseconds: 30_000,
      timeoutMilliseconds: 30_000,
      unhealthyThreshold: 3,
    });
  });

  test.each([
    [{}, {}, 'v2', 'probe.contoso.com', 8080],
    [{ port: 9090 }, {}, 'v2', 'probe.contoso.com', 9090],
    [{ port: 9090 }, {}, 'v1', 'probe.contoso.com', 8080],
    [{ host: null }, {}, 'v2', '127.0.0.1', 8080],
    [{ pickHostNameFromBackendHttpSettings: true }, {}, 'v2', 'api.contoso.com', 8080],
    [
      { pickHostNameFromBackendHttpSettings: true },
      { hostName: null, pickHostNameFromBackendAddress: true },
      'v2',
      'vm.contoso.com',
      8080,
    ],
  ] as const)(
    'a probe with %o and settings with %o on %s asks %s:%d',
    (ofProbe, ofSettings, generation, host, port) => {
      const plan = planProbe({ ...settings, ...ofSettings, probe: { ...probe, ...ofProbe } }, server, generation);
      expect(plan).toMatchObject({
        host,
        port,
        path: '/health?x=1',
        intervalMilliseconds: 5000,
        unhealthyThreshold: 2,
      });
    },
  );

  test.each([
    ['/health check', '/health%20check'],
    ['/größe?q=图', '/gr%C3%B6%C3%9Fe?q=%E5%9B%BE'],
    ['/already%20encoded', '/already%20encoded'],
  ])('a path %s is asked for as %s', (path, asked) => {
    expect(planProbe({ ...settings, probe: { ...probe, path } }, server, 'v2').path).toBe(asked);
  });
});
