import { request as httpRequest } from 'node:http';
import type { ServerOptions } from 'node:https';
import { expect, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { probeMessages } from '../../../src/runtime/probes/probe-messages.ts';
import { authority, forHosts, make } from '../../certificates/pki.ts';
import { ask, portOfListener, startGateway } from '../fixture.ts';
import { makeTlsGateway, startTlsGateway, type TlsGatewaySpec } from './fixture.ts';
import { startSecure, upload } from './secure-backend.ts';

const root = make({ subject: '/CN=Root', extensions: authority });
const issuing = make({ subject: '/CN=Issuing', issuer: root, extensions: authority });
const site = make({ subject: '/CN=localhost', issuer: issuing, extensions: forHosts('localhost') });
const selfSigned = make({ subject: '/CN=localhost', extensions: forHosts('localhost') });

const success = 'Success. Received 200 status code';

const mappedMember = { rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4'] } };

test.each([
  ['is trusted', {}, 200, success],
  ['is checked when asked for', { verifyBackends: true }, 502, probeMessages.noIntermediate],
] as const)('a mapped server %s', async (_name, options, status, log) => {
  const backend = await startSecure(selfSigned, []);
  const gateway = await startGateway(
    { ...mappedMember, settings: { settings: { protocol: 'Https', port: 443, hostName: 'localhost' } } },
    { backends: { web: `https://127.0.0.1:${backend.port}` }, ...options },
  );
  const [pool] = gateway.backendHealth().backendAddressPools;
  expect(pool?.backendHttpSettingsCollection[0]?.servers[0]?.healthProbeLog).toBe(log);
  expect((await ask(gateway, '/x')).status).toBe(status);
});

test('a mapped server whose certificate Azure would take passes the check', async () => {
  const backend = await startSecure(site, [issuing]);
  const trustedRootCertificates = [upload(root)];
  const gateway = await startGateway(
    {
      ...mappedMember,
      settings: { settings: { protocol: 'Https', port: 443, hostName: 'localhost', trustedRootCertificates } },
    },
    { backends: { web: `https://127.0.0.1:${backend.port}` }, verifyBackends: true },
  );
  expect((await ask(gateway, '/x')).status).toBe(200);
});

const rsa = make({ subject: '/CN=localhost', keyType: 'rsa', extensions: forHosts('localhost') });
const older = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;

// https://learn.microsoft.com/azure/application-gateway/ssl-overview
test.each<[string, 'v1' | 'v2', ServerOptions, number]>([
  ['v1 speaks a suite of its policy to backends', 'v1', { ciphers: 'AES128-GCM-SHA256', maxVersion: 'TLSv1.2' }, 200],
  ['v1 speaks no other suite', 'v1', { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384', maxVersion: 'TLSv1.2' }, 502],
  ['v1 does not know TLS 1.3', 'v1', { minVersion: 'TLSv1.3' }, 502],
  ['v1 does not know TLS 1.1 any more', 'v1', older, 502],
  ['v2 keeps its policy for clients', 'v2', { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384', maxVersion: 'TLSv1.2' }, 200],
  ['v2 prefers TLS 1.3', 'v2', { minVersion: 'TLSv1.3' }, 200],
  ['v2 does not know TLS 1.1 any more', 'v2', older, 502],
])('%s', async (_name, generation, options, status) => {
  const backend = await startSecure(rsa, [], options);
  const gateway = await startTlsGateway(
    {
      spec: {
        ...mappedMember,
        generation,
        settings: { settings: { protocol: 'Https', port: 443 } },
      },
      policy: { policyType: 'Custom', cipherSuites: ['TLS_RSA_WITH_AES_128_GCM_SHA256'] },
    },
    { backends: { web: `https://127.0.0.1:${backend.port}` } },
  );
  expect((await ask(gateway, '/x')).status).toBe(status);
});

test('a new policy of v1 counts for new connections to backends', async () => {
  const backend = await startSecure(rsa, [], { ciphers: 'AES128-GCM-SHA256', maxVersion: 'TLSv1.2' });
  const specWith = (suite: string): TlsGatewaySpec => ({
    spec: { ...mappedMember, generation: 'v1', settings: { settings: { protocol: 'Https', port: 443 } } },
    policy: { policyType: 'Custom', cipherSuites: [suite] },
  });
  const gateway = await startTlsGateway(specWith('TLS_RSA_WITH_AES_128_GCM_SHA256'), {
    backends: { web: `https://127.0.0.1:${backend.port}` },
  });
  expect((await ask(gateway, '/x')).status).toBe(200);
  await gateway.deploy(makeTlsGateway(specWith('TLS_RSA_WITH_AES_256_GCM_SHA384')));
  expect((await ask(gateway, '/x')).status).toBe(502);
});

/** Asks for a WebSocket; gives the status. */
function askForWebSocket(gateway: Emulator, host: string): Promise<number | undefined> {
  const headers = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  const outgoing = httpRequest({ host: '127.0.0.1', port: portOfListener(gateway), path: '/x', headers });
  outgoing.end();
  return new Promise((resolve, reject) => {
    outgoing.once('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    outgoing.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.once('error', reject);
  });
}

// The probe asks for the name in the pool and finds it; requests ask for their Host.
test.each([
  ['localhost', 200, 101],
  ['shop.test', 502, 502],
])('v2 looks at the name for Host %s, with WebSockets as with requests', async (host, status, switched) => {
  const backend = await startSecure(selfSigned, [], {});
  const gateway = await startGateway(
    {
      rules: [{ pool: 'web' }],
      pools: { web: ['localhost'] },
      settings: { settings: { protocol: 'Https', port: backend.port, validateCertChainAndExpiry: false } },
    },
    { unmapped: 'live', hosts: { localhost: ['127.0.0.1'] } },
  );
  expect((await ask(gateway, '/x', { headers: { Host: host } })).status).toBe(status);
  expect(await askForWebSocket(gateway, host)).toBe(switched);
});
