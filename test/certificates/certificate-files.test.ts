import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import {
  type CertificateFiles,
  findCertificateFile,
  readCertificateFile,
} from '../../src/certificates/certificate-files.ts';
import { readGivenAuthority } from '../../src/certificates/given-authority.ts';
import { authority, forHosts, make, pfx } from './pki.ts';

const folder = mkdtempSync(join(tmpdir(), 'agate-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const root = make({ subject: '/CN=Root', keyType: 'rsa', extensions: authority });
const site = make({ subject: '/CN=site', issuer: root, extensions: forHosts('site.test') });
const other = make({ subject: '/CN=other' });

mkdirSync(at('by-name'));
writeFileSync(at('by-name/site-secret.pfx'), Buffer.from(pfx(site, [root], ''), 'base64'));
writeFileSync(at('by-name/plain.pem'), other.cert + other.key);
writeFileSync(at('site.pfx'), Buffer.from(pfx(site, [root], 'agate'), 'base64'));
writeFileSync(at('whole.pem'), site.key + site.cert + root.cert);
writeFileSync(at('split.crt'), site.cert);
writeFileSync(at('split.key'), site.key);
writeFileSync(at('mkcert.pem'), site.cert);
writeFileSync(at('mkcert-key.pem'), site.key);
const encrypted = { cipher: 'aes-256-cbc', passphrase: 'agate', format: 'pem' } as const;
const siteKey = createPrivateKey(site.key);
writeFileSync(at('pkcs8.pem'), `${site.cert}${siteKey.export({ type: 'pkcs8', ...encrypted })}`);
writeFileSync(at('sec1.pem'), `${site.cert}${siteKey.export({ type: 'sec1', ...encrypted })}`);
writeFileSync(at('alone.pem'), site.cert);
writeFileSync(at('mismatch.pem'), site.cert + other.key);
writeFileSync(at('nothing.pem'), 'nothing');
writeFileSync(at('site.cer'), new X509Certificate(site.cert).raw);
writeFileSync(at('rootCA.pem'), root.cert);
writeFileSync(at('rootCA-key.pem'), root.key);
const ecRoot = make({ subject: '/CN=EC', extensions: authority });
writeFileSync(at('ec.pem'), ecRoot.cert + ecRoot.key);
const edRoot = make({ subject: '/CN=Ed', keyType: 'ed25519', extensions: authority });
writeFileSync(at('ed25519.pem'), edRoot.cert + edRoot.key);
const intermediate = make({ subject: '/CN=Issuing', issuer: root, extensions: authority });
writeFileSync(at('intermediate.pem'), intermediate.cert + root.cert + intermediate.key);

const keyVault = 'https://Vault.vault.azure.net/secrets/Site-Secret';
const file = { path: at('site.pfx') };

test.each<[string, CertificateFiles, string | null, string | null]>([
  ['the whole ID', { byName: { [keyVault]: file } }, keyVault, at('site.pfx')],
  ['the ID in another letter case', { byName: { [keyVault.toUpperCase()]: file } }, keyVault, at('site.pfx')],
  ['the ID without the version', { byName: { [keyVault]: file } }, `${keyVault}/0123456789abcdef`, at('site.pfx')],
  ['the ID with a slash at its end', { byName: { [`${keyVault}/`]: file } }, keyVault, at('site.pfx')],
  ['the name of the secret', { byName: { 'site-secret': file } }, keyVault, at('site.pfx')],
  ['the name of the certificate', { byName: { plain: file } }, null, at('site.pfx')],
  ['nothing', { byName: { another: file } }, keyVault, null],
  ['no files', {}, keyVault, null],
  ['a folder', { folder: at('by-name') }, keyVault.toLowerCase(), at('by-name/site-secret.pfx')],
  ['a folder, by the name of the certificate', { folder: at('by-name') }, null, at('by-name/plain.pem')],
  ['a folder of one certificate', { byName: { plain: { path: at('by-name') } } }, null, at('by-name/plain.pem')],
  ['a folder without the file', { folder }, keyVault, null],
])('a certificate is found by %s', async (_name, files, keyVaultSecretId, path) => {
  expect((await findCertificateFile(files, { name: 'plain', keyVaultSecretId }))?.path ?? null).toBe(path);
});

test('a folder that is named for a certificate has to have it', async () => {
  const files = { byName: { site: { path: at('by-name') } } };
  await expect(findCertificateFile(files, { name: 'site', keyVaultSecretId: null })).rejects.toMatchObject({
    code: 'FileUnreadable',
    message: `'${at('by-name')}' has no file for certificate 'site'.`,
  });
});

test.each([
  ['by-name/site-secret.pfx', undefined, 2],
  ['site.pfx', 'agate', 2],
  ['whole.pem', undefined, 2],
  ['split.crt', undefined, 1],
  ['mkcert.pem', undefined, 1],
  ['pkcs8.pem', 'agate', 1],
  ['sec1.pem', 'agate', 1],
])('reads %s', async (name, password, certificates) => {
  const { cert, key } = await readCertificateFile({ path: at(name), ...(password === undefined ? {} : { password }) });
  expect(new X509Certificate(cert).subject).toBe('CN=site');
  expect(cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(certificates);
  expect(key).toContain('-----BEGIN PRIVATE KEY-----');
});

test.each([
  ['site.pfx', 'does not open with its password'],
  ['alone.pem', 'holds no private key, and there is none beside it'],
  ['site.cer', 'holds no private key'],
  ['mismatch.pem', 'is not that of its certificate'],
  ['pkcs8.pem', 'cannot be read'],
  ['sec1.pem', 'cannot be read'],
  ['nothing.pem', 'is neither a PFX file nor PEM'],
  ['missing.pem', 'cannot be read: ENOENT'],
])('says what is wrong with %s', async (name, reason) => {
  await expect(readCertificateFile({ path: at(name) })).rejects.toMatchObject({
    code: 'FileUnreadable',
    message: expect.stringContaining(reason),
  });
});

// Strict verification is what Python 3.13 does by itself.
test.each([
  ['an RSA key', 'rootCA.pem', root],
  ['an elliptic key', 'ec.pem', ecRoot],
  ['another authority above it', 'intermediate.pem', root],
])('an authority with %s issues certificates that strict clients accept', async (_name, name, trusted) => {
  const issuer = await readGivenAuthority(at(name), systemClock);
  const { cert } = await issuer.issue(['*.site.test', '10.0.0.4', 'fd00::4']);
  const [leaf = '', ...chain] = cert.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? [];
  expect(new X509Certificate(leaf).subject).toBe('CN=*.site.test\nO=Agate local certificates');
  writeFileSync(at('leaf'), leaf);
  writeFileSync(at('chain'), chain.join(''));
  writeFileSync(at('trusted'), trusted.cert);
  const strictly = [
    'verify',
    '-x509_strict',
    '-purpose',
    'sslserver',
    '-CAfile',
    at('trusted'),
    '-untrusted',
    at('chain'),
  ];
  for (const wanted of [
    ['-verify_hostname', 'a.site.test'],
    ['-verify_hostname', 'a.site.test.localhost'],
    ['-verify_hostname', 'localhost'],
    ['-verify_ip', '127.0.0.1'],
    ['-verify_ip', '::1'],
    ['-verify_ip', 'fd00::4'],
    ['-verify_ip', '10.0.0.4'],
  ]) {
    expect(execFileSync('openssl', [...strictly, ...wanted, at('leaf')], { encoding: 'utf8' })).toContain('OK');
  }
});

test('an authority of the user issues certificates, as that of mkcert does', async () => {
  const given = await readGivenAuthority(at('rootCA.pem'), systemClock);
  const { cert } = await given.issue(['shop.test']);
  const leaf = new X509Certificate(cert);
  expect(leaf.checkIssued(new X509Certificate(root.cert))).toBe(true);
  expect(leaf.verify(new X509Certificate(root.cert).publicKey)).toBe(true);
  expect(leaf.checkHost('shop.test')).toBe('shop.test');
});

test.each([
  ['whole.pem', 'is not that of an authority'],
  ['ed25519.pem', "is of type 'ed25519'"],
])('%s is no authority to sign with', async (name, reason) => {
  await expect(readGivenAuthority(at(name), systemClock)).rejects.toMatchObject({
    code: 'FileUnreadable',
    message: expect.stringContaining(reason),
  });
});
