import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Issuer } from './issue-certificate.ts';
import { readOrMake } from './kept-file.ts';
import { makeKey, processLeafKey } from './key-pair.ts';
import { LocalAuthority, makeIssuer } from './local-authority.ts';

/** An authority, and what has to be said about it. */
export interface OpenedAuthority {
  readonly authority: LocalAuthority;
  /** File with its certificate, for those who want to trust it; null when it is not kept. */
  readonly certificatePath: string | null;
  /** Why it is not kept; null when it is, or when nobody asked for that. */
  readonly notice: string | null;
}

/** File names in the data folder. */
const authorityFile = 'authority.pem';
const leafKeyFile = 'leaf-key.pem';
export const certificateFile = 'ca.pem';

/**
 * The authority of a data folder, which is made when it is missing, cannot be read or has expired. Where the folder
 * cannot be used it lasts as long as the process.
 *
 * @param folder null keeps nothing
 */
export async function openAuthority(folder: string | null, clock: Clock): Promise<OpenedAuthority> {
  if (folder === null) return { authority: await LocalAuthority.inMemory(clock), certificatePath: null, notice: null };
  try {
    return await openKept(folder, clock);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      authority: await LocalAuthority.inMemory(clock),
      certificatePath: null,
      notice: `The local certificate authority cannot be kept in '${folder}' and lasts for this run only: ${reason}.`,
    };
  }
}

/** An authority that another process has opened; certificates have the key that is kept in the folder. */
export function openShared(issuer: Issuer, folder: string | null, clock: Clock): LocalAuthority {
  return new LocalAuthority(issuer, folder === null ? processLeafKey : keptLeafKey(folder), clock);
}

async function openKept(folder: string, clock: Clock): Promise<OpenedAuthority> {
  const text = await readOrMake({
    path: join(folder, authorityFile),
    isSecret: true,
    isUsable: (content) => readIssuer(content, clock.now()) !== null,
    make: async () => writeIssuer(await makeIssuer(clock)),
  });
  const issuer = readIssuer(text, clock.now());
  if (issuer === null) throw new Error('the authority cannot be read');
  const certificatePath = join(folder, certificateFile);
  await readOrMake({
    path: certificatePath,
    isSecret: false,
    isUsable: (content) => content === issuer.certificatePem,
    make: async () => issuer.certificatePem,
  });
  return { authority: new LocalAuthority(issuer, keptLeafKey(folder), clock), certificatePath, notice: null };
}

/** The key of leaf certificates, made when the first one is needed. */
function keptLeafKey(folder: string): () => Promise<string> {
  let key: Promise<string> | undefined;
  return () => {
    // Where the folder takes no more files, the key is one that ends with the process.
    key ??= readOrMake({ path: join(folder, leafKeyFile), isSecret: true, isUsable: isKey, make: makeKey }).catch(
      processLeafKey,
    );
    return key;
  };
}

function writeIssuer({ certificatePem, keyPem }: Issuer): string {
  return `${keyPem.trim()}\n${certificatePem.replaceAll('\r', '').trim()}\n`;
}

/** null for what is no authority, or none any more. */
function readIssuer(text: string, now: number): Issuer | null {
  const [keyPem] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(text) ?? [];
  const [certificatePem] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(text) ?? [];
  if (keyPem === undefined || certificatePem === undefined || !isKey(keyPem)) return null;
  try {
    const certificate = new X509Certificate(certificatePem);
    const isCurrent = Date.parse(certificate.validTo) > now;
    return isCurrent && certificate.checkPrivateKey(createPrivateKey(keyPem)) ? { certificatePem, keyPem } : null;
  } catch {
    return null;
  }
}

function isKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
