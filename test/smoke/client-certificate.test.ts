import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runTestFile } from '../../src/smoke/run/run-test-file.ts';
import { authority, forClients, make, pfx } from '../certificates/pki.ts';
import { makeTlsGateway, oneListener } from '../runtime/tls/fixture.ts';
import { complaintsOf, testFileOf } from './run-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'agate-client-'));
afterAll(() => rmSync(folder, { recursive: true }));

const root = make({ subject: '/CN=Root', extensions: authority });
const client = make({ subject: '/CN=client', issuer: root, extensions: forClients });
const stranger = make({ subject: '/CN=stranger', extensions: forClients });
for (const [name, made] of Object.entries({ client, stranger })) {
  writeFileSync(join(folder, `${name}.pem`), made.cert);
  writeFileSync(join(folder, `${name}.key`), made.key);
}
for (const form of ['modern', 'legacy'] as const) {
  writeFileSync(join(folder, `${form}.pfx`), Buffer.from(pfx(client, [root], 'agate', form), 'base64'));
}

const gateway = makeTlsGateway({
  spec: {
    ...oneListener,
    rules: [{ listener: 'tls', pool: 'web', rewrites: 'set' }],
    rewrites: { set: [{ request: [['X-Client', '{var_client_certificate_subject}']] }] },
  },
  tls: { tls: { profile: { trusted: [Buffer.from(root.cert).toString('base64')] } } },
});

async function complaints(clientCertificate: string, expected: string): Promise<readonly string[]> {
  const request = `{ url: "https://shop.test/"${clientCertificate} }`;
  const text = `tests: [{ name: client, request: ${request}, expect: ${expected} }]`;
  const file = testFileOf(text, join(folder, 'gateway.test.yaml'));
  const choices = { selection: {}, bail: false, onRecord: () => undefined };
  return complaintsOf(await runTestFile(file, { gateway }, choices));
}

const served = '{ status: 200, backend: { headers: { x-client: CN=client } } }';

test.each([
  ['in PEM', ', clientCertificate: { certificate: client.pem, key: client.key }', served],
  ['as a PFX file', ', clientCertificate: { pfx: modern.pfx, password: agate }', served],
  ['as a PFX file of old encryption', ', clientCertificate: { pfx: legacy.pfx, password: agate }', served],
  ['of nobody known', ', clientCertificate: { certificate: stranger.pem, key: stranger.key }', '{ status: 400 }'],
  ['that is missing', '', '{ status: 400 }'],
])('a listener that demands certificates meets one %s', async (_name, clientCertificate, expected) => {
  expect(await complaints(clientCertificate, expected)).toEqual([]);
});

test.each([
  ['pfx: modern.pfx, password: other', "'modern.pfx' does not open with its password."],
  ['pfx: none.pfx', /'none\.pfx' cannot be read/],
  ['certificate: client.pem, key: stranger.key', /key/i],
])('a test whose certificate is { %s } fails with the reason', async (clientCertificate, message) => {
  const found = await complaints(`, clientCertificate: { ${clientCertificate} }`, '{ status: 200 }');
  expect(found.join('\n')).toMatch(message);
});
