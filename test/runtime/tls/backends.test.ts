import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import type { BackendHttpSettings } from '../../../src/gateway/model.ts';
import { probeMessages } from '../../../src/runtime/probes/probe-messages.ts';
import { authority, forHosts, type Made, make } from '../../certificates/pki.ts';
import { ask, startGateway } from '../fixture.ts';
import { makeTlsGateway, startTlsGateway, type TlsGatewaySpec } from './fixture.ts';

const root = make({ subject: '/CN=Root', extensions: authority });
const issuing = make({ subject: '/CN=Issuing', issuer: root, extensions: authority });
const site = make({ subject: '/CN=localhost', issuer: issuing, extensions: forHosts('localhost') });
const renewed = make({ subject: '/CN=localhost', issuer: issuing, extensions: forHosts('localhost') });
const named = make({ subject: '/CN=other.test', extensions: forHosts('localhost') });
const selfSigned = make({ subject: '/CN=localhost', extensions: forHosts('localhost') });
const expired = make({ subject: '/CN=localhost', issuer: root, extensions: forHosts('localhost'), days: -1 });

/** An HTTPS server that notes the server names it is asked for. */
async function startSecure(made: Made, chain: readonly Made[], options: ServerOptions = {}) {
  const serverNames: unknown[] = [];
  const cert = [made, ...chain].map((each) => each.cert).join('');
  const server = createServer({ cert, key: made.key, ...options }, (incoming, outgoing) => {
    serverNames.push('servername' in incoming.socket ? incoming.socket.servername : undefined);
    outgoing.end('secure');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, serverNames };
}

function upload(made: Made) {
  const data = new X509Certificate(made.cert).raw.toString('base64');
  return { id: 'c', name: 'c', origin: { span: undefined, path: '' }, data, keyVaultSecretId: null };
}

const success = 'Success. Received 200 status code';

interface Row {
  readonly name: string;
  readonly generation: 'v1' | 'v2';
  readonly member: string;
  readonly shown: readonly [Made, ...Made[]];
  readonly settings: Partial<BackendHttpSettings>;
  readonly log: string;
  /** What the backend saw of SNI. */
  readonly serverName?: string | false;
}

// https://learn.microsoft.com/azure/application-gateway/ssl-overview#end-to-end-tls-encryption
// https://learn.microsoft.com/troubleshoot/azure/application-gateway/application-gateway-backend-health-troubleshooting
const rows: readonly Row[] = [
  {
    name: 'v2 trusts the uploaded root of a complete chain',
    generation: 'v2',
    member: '127.0.0.1',
    shown: [site, issuing],
    settings: { hostName: 'localhost', trustedRootCertificates: [upload(root)] },
    log: success,
    serverName: 'localhost',
  },
  {
    name: 'v2 misses an intermediate that is not shown',
    generation: 'v2',
    member: '127.0.0.1',
    shown: [site],
    settings: { hostName: 'localhost', trustedRootCertificates: [upload(root)] },
    log: probeMessages.noIntermediate,
  },
  {
    name: 'v2 refuses an expired certificate',
    generation: 'v2',
    member: '127.0.0.1',
    shown: [expired],
    settings: { hostName: 'localhost', trustedRootCertificates: [upload(root)] },
    log: probeMessages.expired,
  },
  {
    name: 'v2 takes the pool name for SNI where the settings pick it',
    generation: 'v2',
    member: 'localhost',
    shown: [site, issuing],
    settings: { pickHostNameFromBackendAddress: true, trustedRootCertificates: [upload(root)] },
    log: success,
    serverName: 'localhost',
  },
  {
    name: 'v2 looks at the name even where the chain does not matter',
    generation: 'v2',
    member: '127.0.0.1',
    shown: [selfSigned],
    settings: { hostName: 'other.test', validateCertChainAndExpiry: false },
    log: probeMessages.commonName.v2,
  },
  {
    name: 'v2 takes an expired stranger where neither matters',
    generation: 'v2',
    member: '127.0.0.1',
    shown: [expired],
    settings: { hostName: 'other.test', validateCertChainAndExpiry: false, validateSNI: false },
    log: success,
    serverName: 'other.test',
  },
  {
    name: 'v1 trusts the uploaded certificate itself',
    generation: 'v1',
    member: 'localhost',
    shown: [site],
    settings: { authenticationCertificates: [upload(site)] },
    log: success,
    serverName: 'localhost',
  },
  {
    name: 'v1 does not trust another certificate of the same authority',
    generation: 'v1',
    member: 'localhost',
    shown: [renewed, issuing],
    settings: { authenticationCertificates: [upload(issuing)] },
    log: probeMessages.unknownIssuer,
  },
  {
    name: 'v1 trusts nobody without an uploaded certificate',
    generation: 'v1',
    member: 'localhost',
    shown: [site, issuing],
    settings: {},
    log: probeMessages.unknownIssuer,
  },
  {
    name: 'v1 compares the common name with the pool name',
    generation: 'v1',
    member: 'localhost',
    shown: [named],
    settings: { authenticationCertificates: [upload(named)] },
    log: probeMessages.commonName.v1,
  },
  {
    name: 'v1 sends no server name to an address, and compares none',
    generation: 'v1',
    member: '127.0.0.1',
    shown: [named],
    settings: { authenticationCertificates: [upload(named)] },
    log: success,
    serverName: false,
  },
];

test.each(rows)('$name', async ({ generation, member, shown: [made, ...chain], settings, log, serverName }) => {
  const backend = await startSecure(made, chain);
  const gateway = await startGateway(
    {
      generation,
      rules: [{ pool: 'web' }],
      pools: { web: [member] },
      settings: { settings: { protocol: 'Https', port: backend.port, ...settings } },
    },
    { unmapped: 'live' },
  );
  const [pool] = gateway.backendHealth().backendAddressPools;
  expect(pool?.backendHttpSettingsCollection[0]?.servers[0]?.healthProbeLog).toBe(log);
  expect((await ask(gateway, '/x')).status).toBe(log === success ? 200 : 502);
  if (serverName !== undefined) expect(new Set(backend.serverNames)).toEqual(new Set([serverName]));
});

test('v2 sends the Host of the client where the settings name none', async () => {
  const backend = await startSecure(site, [issuing]);
  const settings = { protocol: 'Https', port: backend.port, validateCertChainAndExpiry: false } as const;
  const gateway = await startGateway(
    {
      rules: [{ pool: 'web' }],
      pools: { web: ['127.0.0.1'] },
      settings: { settings: { ...settings, validateSNI: false } },
    },
    { unmapped: 'live' },
  );
  expect((await ask(gateway, '/x', { headers: { Host: 'shop.test' } })).status).toBe(200);
  expect(backend.serverNames).toContain('shop.test');
});

const mappedMember = { rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4'] } };

test.each([
  ['is trusted', {}, 200, success],
  ['is checked when asked for', { verifyBackends: true }, 502, probeMessages.unknownIssuer],
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
