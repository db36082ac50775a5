import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** Makes an RSA key, PKCS #8 in PEM. Node makes it in its thread pool; node-forge would do it in JavaScript. */
export async function makeKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return privateKey;
}

let authorityKey: Promise<string> | undefined;
let leafKey: Promise<string> | undefined;

/** The key of authorities that are not kept: one for the process, as making one takes longer than a start should. */
export function processAuthorityKey(): Promise<string> {
  authorityKey ??= makeKey();
  return authorityKey;
}

/** The key that leaf certificates share where none is kept. */
export function processLeafKey(): Promise<string> {
  leafKey ??= makeKey();
  return leafKey;
}
