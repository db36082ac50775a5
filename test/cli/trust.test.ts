import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SourceText } from '../../src/base/span.ts';
import { certificateSettings } from '../../src/cli/certificate-settings.ts';
import { describeTrust, renderTrust } from '../../src/cli/describe-trust.ts';
import { parseConfig } from '../../src/input/parse-config.ts';

async function makeHome(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'agate-trust-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test('tells where the authority is, making it first, and how each system trusts it', async () => {
  const AGATE_HOME = await makeHome();
  const trust = await describeTrust({ AGATE_HOME });
  expect(trust.certificate).toBe(join(AGATE_HOME, 'ca.pem'));
  const certificate = new X509Certificate(await readFile(trust.certificate));
  expect(trust).toMatchObject({ sha256: certificate.fingerprint256, validTo: certificate.validTo });
  expect(await describeTrust({ AGATE_HOME })).toEqual(trust);
  expect(renderTrust(trust, 'linux')).toContain('update-ca-certificates');
  expect(renderTrust(trust, 'darwin')).toContain('security add-trusted-cert');
  expect(renderTrust(trust, 'win32')).toContain('certutil -user -addstore Root');
  expect(renderTrust(trust, 'linux')).not.toContain('PRIVATE KEY');
});

test('says so where nothing can be kept', async () => {
  const file = join(await makeHome(), 'file');
  await writeFile(file, '');
  await expect(describeTrust({ AGATE_HOME: file })).rejects.toMatchObject({
    code: 'FileUnreadable',
    message: expect.stringContaining('cannot be kept'),
    hint: expect.stringContaining('AGATE_HOME'),
  });
});

function settingsFrom(yaml: string, ca?: string) {
  const { values } = parseConfig(new SourceText('/project/agate.yaml', yaml));
  return certificateSettings(ca, { values, folder: '/project' }, { AGATE_HOME: '/home' });
}

test.each([
  ['certificates: ./certs', { files: { folder: '/project/certs' } }],
  ['certificates: { site: site.pfx }', { files: { byName: { site: { path: '/project/site.pfx' } } } }],
  [
    'certificates: { site: { file: site.pfx, password: 1234 } }',
    { files: { byName: { site: { path: '/project/site.pfx', password: '1234' } } } },
  ],
  [
    'ocspResponders: { http://ocsp.test: http://127.0.0.1:2560 }',
    { responders: { 'http://ocsp.test': 'http://127.0.0.1:2560' } },
  ],
  ['ca: root.pem', { authority: '/project/root.pem' }],
  ['', {}],
])('agate.yaml with "%s" is read from where it lies', (yaml, expected) => {
  expect(settingsFrom(yaml)).toEqual({ dataFolder: '/home', ...expected });
});

test('--ca wins over agate.yaml', () => {
  expect(settingsFrom('ca: root.pem', 'own.pem')).toMatchObject({ authority: 'own.pem' });
});
