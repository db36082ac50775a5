import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import { identityFromPfx } from './read-identity.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** A file with a certificate and its key: PFX or PEM. */
export interface CertificateFile {
  /** PEM files may have the key in a file of its own beside them, `site.key` or `site-key.pem`. */
  readonly path: string;
  /** Of a PFX file, or of an encrypted key in PEM. */
  readonly password?: string;
}

/** Where certificates lie that a template names without holding them. */
export interface CertificateFiles {
  /** Folder with files that are called as their secret or their certificate. */
  readonly folder?: string;
  /** By ID or name of the Key Vault secret, or by name of the certificate. A path may be that of such a folder. */
  readonly byName?: Readonly<Record<string, CertificateFile>>;
}

/** The names by which a certificate can be found, the most precise first. */
export interface CertificateNames {
  readonly name: string;
  readonly keyVaultSecretId: string | null;
}

const pfxExtensions: readonly string[] = ['.pfx', '.p12'];
const extensions: readonly string[] = [...pfxExtensions, '.pem', '.crt', '.cer'];

/** The file that stands for a certificate; null when there is none. */
export async function findCertificateFile(
  { folder, byName = {} }: CertificateFiles,
  certificate: CertificateNames,
): Promise<CertificateFile | null> {
  const key = nameUsedFor(certificate, Object.keys(byName));
  const named = key === undefined ? undefined : byName[key];
  if (named === undefined) return folder === undefined ? null : findInFolder(folder, certificate, undefined);
  if (!(await isFolder(named.path))) return named;
  const found = await findInFolder(named.path, certificate, named.password);
  if (found !== null) return found;
  throw new EmulatorError('FileUnreadable', `'${named.path}' has no file for certificate '${certificate.name}'.`, {
    hint: `It would be called as its secret or certificate, with ${extensions.join(', ')}.`,
  });
}

/** The one of several names that means a certificate. */
export function nameUsedFor(certificate: CertificateNames, among: readonly string[]): string | undefined {
  const names = namesOf(certificate);
  return among.find((each) => names.includes(plainName(each)));
}

async function findInFolder(
  folder: string,
  { name, keyVaultSecretId }: CertificateNames,
  password: string | undefined,
): Promise<CertificateFile | null> {
  for (const called of [secretNameOf(keyVaultSecretId), name]) {
    for (const extension of extensions) {
      const path = join(folder, `${called}${extension}`);
      if (called !== null && (await isFile(path))) return { path, ...(password === undefined ? {} : { password }) };
    }
  }
  return null;
}

function namesOf({ name, keyVaultSecretId }: CertificateNames): readonly string[] {
  const names = [name];
  if (keyVaultSecretId !== null) names.unshift(keyVaultSecretId, secretNameOf(keyVaultSecretId) ?? '');
  return names.map(plainName);
}

/** `https://vault.vault.azure.net/secrets/site/<version>` in any letter case, with version or without. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/^(https:\/\/[^/]+\/secrets\/[^/]+).*$/, '$1');
}

function secretNameOf(keyVaultSecretId: string | null): string | null {
  return /^https:\/\/[^/]+\/secrets\/([^/]+)/i.exec(keyVaultSecretId ?? '')?.[1] ?? null;
}

const hintForPassword = 'In agate.yaml: certificates: { <name>: { file: <path>, password: <password> } }';

/**
 * Certificate and key of a file.
 *
 * @param hint for a PFX file that does not open
 * @throws EmulatorError `FileUnreadable` with what is wrong with it
 */
export async function readCertificateFile(
  { path, password = '' }: CertificateFile,
  hint = hintForPassword,
): Promise<TlsIdentity> {
  const bytes = await readOrFail(path);
  if (!pfxExtensions.includes(extname(path).toLowerCase()) && bytes.includes('-----BEGIN')) {
    return readPem(path, bytes.toString('utf8'), password);
  }
  return readPfx(path, bytes, password, hint);
}

/**
 * Certificate and key of a PFX file, also of one with the old encryption that OpenSSL 3 refuses.
 *
 * @throws EmulatorError `FileUnreadable` with what is wrong with it
 */
export async function readPfx(path: string, bytes: Buffer, password: string, hint: string): Promise<TlsIdentity> {
  const read = await identityFromPfx(bytes.toString('base64'), password);
  if (read.kind === 'identity') return read.identity;
  const reasons = {
    wrongPassword: 'does not open with its password',
    noPassword: 'needs a password',
    unreadable: 'is neither a PFX file nor PEM',
    noPrivateKey: 'holds no private key',
  };
  throw new EmulatorError('FileUnreadable', `'${path}' ${reasons[read.fault]}.`, { hint });
}

/** Certificate first, then its chain; the key in the same file or beside it. */
async function readPem(path: string, text: string, passphrase: string): Promise<TlsIdentity> {
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const key = keyIn(text) ?? (await keyBeside(path));
  const [first] = certificates;
  if (first === undefined) throw new EmulatorError('FileUnreadable', `'${path}' holds no certificate.`);
  if (key === undefined) {
    throw new EmulatorError('FileUnreadable', `'${path}' holds no private key, and there is none beside it.`, {
      hint: `Put it into the same file, or into '${keyPaths(path).join("' or '")}'.`,
    });
  }
  try {
    const opened = createPrivateKey({ key, passphrase });
    if (new X509Certificate(first).checkPrivateKey(opened)) {
      const keyPem = opened.export({ type: 'pkcs8', format: 'pem' }).toString();
      return { cert: `${certificates.join('\n')}\n`, key: keyPem };
    }
  } catch (cause) {
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be read: ${String(cause)}`, {
      hint: 'Where the key is encrypted, its password is needed.',
      cause,
    });
  }
  throw new EmulatorError('FileUnreadable', `The private key of '${path}' is not that of its certificate.`);
}

function keyIn(text: string): string | undefined {
  return /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )?PRIVATE KEY-----/.exec(text)?.[0];
}

/** mkcert calls it `site-key.pem`, others `site.key`. */
function keyPaths(path: string): readonly string[] {
  const stem = join(dirname(path), basename(path, extname(path)));
  return [`${stem}.key`, `${stem}-key.pem`];
}

async function keyBeside(path: string): Promise<string | undefined> {
  for (const candidate of keyPaths(path)) {
    if (await isFile(candidate)) return keyIn(await readFile(candidate, 'utf8'));
  }
  return undefined;
}

async function readOrFail(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be read: ${reason}.`, { cause });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
