import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EmulatorEvents } from '../../../src/observability/emulator-events.ts';
import { authority, forClients, make, pfx } from '../../certificates/pki.ts';
import { askAdmin, startAdmin } from '../../dashboard/admin-fixture.ts';
import { lintText } from '../../lint/lint-text.ts';
import { oneListener, request, shakeHands, startTlsGateway } from './fixture.ts';

const root = make({ subject: '/CN=Root', extensions: authority });
const client = make({ subject: '/CN=client', issuer: root, extensions: forClients });
const site = make({ subject: '/CN=site' });
const password = `pw${randomBytes(8).toString('hex')}`;
const data = pfx(site, [], password);

/** A stretch in the middle of a key or file, which nothing else can contain. */
function heartOf(text: string): string {
  const body = text.replace(/-----[^-]+-----|\s/g, '');
  return body.slice(body.length / 2, body.length / 2 + 24);
}

const secrets = [password, heartOf(data), heartOf(site.key), heartOf(client.key), 'PRIVATE KEY'];

function expectNoSecrets(text: string, ...others: readonly string[]): void {
  expect(text.length).toBeGreaterThan(0);
  for (const secret of [...secrets, ...others]) expect(text).not.toContain(secret);
}

test('neither notices nor records, logs nor the admin API tell keys and passwords', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'agate-redaction-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'blog.pfx'), Buffer.from(data, 'base64'));
  const events = new EmulatorEvents();
  const heard: unknown[] = [];
  events.on('notice', (notice) => heard.push(notice));
  const gateway = await startTlsGateway(
    {
      spec: {
        ...oneListener,
        listeners: [
          { name: 'tls', protocol: 'Https', hosts: ['shop.test'] },
          { name: 'blog', protocol: 'Https', hosts: ['blog.test'] },
          { name: 'broken', protocol: 'Https', hosts: ['broken.test'] },
        ],
        rules: ['tls', 'blog', 'broken'].map((listener) => ({ listener, pool: 'web' })),
      },
      tls: {
        tls: {
          certificate: { data, password },
          profile: { trusted: [Buffer.from(root.cert).toString('base64')] },
        },
        broken: { certificate: { data, password: `${password}!` } },
      },
    },
    {
      events,
      certificates: { files: { byName: { certificate: { path: join(folder, 'blog.pfx'), password } } } },
    },
  );
  expect(heard).toContainEqual({
    severity: 'info',
    message: `Listener 'blog' shows the certificate in '${join(folder, 'blog.pfx')}' for 'certificate'.`,
  });
  const socket = await shakeHands(gateway, { servername: 'shop.test', cert: client.cert, key: client.key });
  expect(await request(socket, ['GET / HTTP/1.1', 'Host: shop.test'])).toMatch(/^HTTP\/1.1 200/);
  const admin = await startAdmin(gateway);
  const paths = ['/api/gateway', '/api/requests', '/api/backend-health', '/api/findings', '/metrics'];
  for (const path of paths) expectNoSecrets((await askAdmin(admin, 'GET', path)).text);
  expectNoSecrets(JSON.stringify([heard, gateway.listeners, gateway.backends]));
});

test('findings about certificates do not quote them', () => {
  const wrong = `wrong${randomBytes(8).toString('hex')}`;
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Network/applicationGateways',
        apiVersion: '2024-05-01',
        name: 'gateway',
        location: 'westeurope',
        properties: {
          sku: { name: 'Standard_v2', tier: 'Standard_v2', capacity: 1 },
          sslCertificates: [{ name: 'site', properties: { data, password: wrong } }],
        },
      },
    ],
  };
  const findings = JSON.stringify(lintText(JSON.stringify(template)).found.map(({ message, rule }) => [rule, message]));
  expect(findings).toContain('certificate-unreadable');
  expectNoSecrets(findings, wrong);
});
