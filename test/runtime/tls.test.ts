import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, request } from 'node:https';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { LocalAuthority } from '../../src/certificates/local-authority.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { probeMessages } from '../../src/runtime/probes/probe-messages.ts';
import type { GatewaySpec } from '../routing/gateway-fixture.ts';
import { ask, portOfListener, startGateway } from './fixture.ts';

const twoSites: GatewaySpec = {
  listeners: [
    { name: 'shop', port: 443, protocol: 'Https', hosts: ['shop.contoso.com'] },
    { name: 'any', port: 443, protocol: 'Https', hosts: ['*.contoso.com'] },
  ],
  rules: [
    { listener: 'shop', pool: 'shop' },
    { listener: 'any', pool: 'any' },
  ],
};

async function namesShownTo(gateway: Emulator, servername: string | undefined): Promise<string> {
  const socket = connect({
    port: portOfListener(gateway),
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ...(servername === undefined ? {} : { servername }),
  });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  const { subjectaltname = '' } = socket.getPeerCertificate();
  socket.destroy();
  return subjectaltname;
}

// https://learn.microsoft.com/azure/application-gateway/ssl-overview#sni-differences
test.each([
  ['shop.contoso.com', 'DNS:shop.contoso.com'],
  ['shop.contoso.com.localhost', 'DNS:shop.contoso.com'],
  ['blog.contoso.com', 'DNS:*.contoso.com'],
  ['unknown.example.com', 'DNS:shop.contoso.com'],
  [undefined, 'DNS:shop.contoso.com'],
])('a client that asks for %s is shown %s', async (serverName, expected) => {
  const gateway = await startGateway(twoSites);
  expect((await namesShownTo(gateway, serverName)).split(', ')[0]).toBe(expected);
});

test('a client that trusts the local authority is served by the listener of its host', async () => {
  const gateway = await startGateway(twoSites);
  const outgoing = request({
    host: '127.0.0.1',
    port: portOfListener(gateway),
    servername: 'blog.contoso.com',
    headers: { host: 'blog.contoso.com' },
    ca: gateway.authority?.certificatePem ?? '',
    agent: false,
  });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  expect(response.headers['x-agate-backend']).toMatch(/^any\//);
  expect(gateway.requests()[0]?.request).toMatchObject({
    scheme: 'https',
    tls: { protocol: 'TLSv1.3', serverName: 'blog.contoso.com' },
  });
  response.destroy();
});

/** An HTTPS backend whose certificate is for `api.contoso.com`, from an authority that nobody knows. */
async function startSecureBackend() {
  const authority = await LocalAuthority.inMemory(systemClock);
  const serverNames: unknown[] = [];
  const server = createServer(await authority.issue(['api.contoso.com']), (incoming, outgoing) => {
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
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const root = authority.certificatePem.replace(/-----[^-]+-----|\s/g, '');
  return { port, root, serverNames };
}

const origin = { span: undefined, path: '' };

test.each([
  ['is not known', {}, false, probeMessages.unknownIssuer],
  ['is uploaded', { root: true }, true, 'Success. Received 200 status code'],
  ['is not looked at', { validateCertChainAndExpiry: false }, true, 'Success. Received 200 status code'],
  [
    'is uploaded, but the name differs',
    { root: true, hostName: 'other.contoso.com' },
    false,
    probeMessages.commonName.v2,
  ],
  [
    'is uploaded, and the name is not looked at',
    { root: true, hostName: 'other.contoso.com', validateSNI: false },
    true,
    'Success. Received 200 status code',
  ],
])(
  'a backend whose authority %s',
  async (_name, { root: isUploaded = false, ...validation }: ValidationRow, isServed, log) => {
    const backend = await startSecureBackend();
    const trusted = { id: 'r', name: 'r', origin, data: backend.root, keyVaultSecretId: null };
    const settings = {
      protocol: 'Https',
      port: backend.port,
      hostName: 'api.contoso.com',
      trustedRootCertificates: isUploaded ? [trusted] : [],
      ...validation,
    } as const;
    const spec = { rules: [{ pool: 'web' }], pools: { web: ['127.0.0.1'] }, settings: { settings } };
    const gateway = await startGateway(spec, { unmapped: 'live' });
    const [pool] = gateway.backendHealth().backendAddressPools;
    expect(pool?.backendHttpSettingsCollection[0]?.servers[0]?.healthProbeLog).toBe(log);
    expect((await ask(gateway, '/x')).status).toBe(isServed ? 200 : 502);
    if (isServed) expect(new Set(backend.serverNames)).toEqual(new Set([settings.hostName]));
  },
);

interface ValidationRow {
  readonly root?: boolean;
  readonly hostName?: string;
  readonly validateCertChainAndExpiry?: boolean;
  readonly validateSNI?: boolean;
}
