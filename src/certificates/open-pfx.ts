import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

/** What a PFX file holds, or why it cannot be opened. */
export type PfxContents =
  | {
      readonly kind: 'opened';
      /** PKCS #8 in PEM; null when the file has none. Secret. */
      readonly keyPem: string | null;
      /** In PEM: the one that the key belongs to, then the authorities up to the root. */
      readonly certificates: readonly string[];
    }
  | { readonly kind: 'wrongPassword' }
  | { readonly kind: 'unreadable' };

/** First byte of certificates and PFX files in DER. */
const derSequence = 0x30;

/**
 * Opens a PFX file with node-forge, which knows the RC2 and 3DES encryption of files that Azure and Windows export;
 * OpenSSL 3 refuses them. A certificate in place of the file is one without a key.
 *
 * @param data in base64
 */
export function openPfx(data: string, password: string): PfxContents {
  const bytes = Buffer.from(data, 'base64');
  // Node would read PEM here as well, which Azure does not.
  const lone = bytes[0] === derSequence ? readCertificate(bytes) : undefined;
  if (lone !== undefined) return { kind: 'opened', keyPem: null, certificates: [lone.toString()] };
  const asn1 = parse(bytes);
  if (asn1 === undefined) return { kind: 'unreadable' };
  try {
    return contentsOf(forge.pkcs12.pkcs12FromAsn1(asn1, false, password));
  } catch (fault) {
    // forge has no kinds of errors; these are its words for a password that does not fit.
    const text = fault instanceof Error ? fault.message : '';
    return {
      kind: /password|MAC could not be verified|Could not decrypt/i.test(text) ? 'wrongPassword' : 'unreadable',
    };
  }
}

function parse(bytes: Buffer): forge.asn1.Asn1 | undefined {
  try {
    return forge.asn1.fromDer(forge.util.createBuffer(bytes.toString('latin1')));
  } catch {
    return undefined;
  }
}

function contentsOf(pfx: forge.pkcs12.Pkcs12Pfx): PfxContents {
  const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
  const bags = (type: string | undefined) => (type === undefined ? [] : (pfx.getBags({ bagType: type })[type] ?? []));
  const [key] = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)].flatMap(keyOf);
  const certificates = bags(certBag).flatMap((bag) => readCertificate(derOf(bag)) ?? []);
  return {
    kind: 'opened',
    keyPem: key === undefined ? null : key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificates: orderChain(certificates, key).map((certificate) => certificate.toString()),
  };
}

/** forge reads RSA only; of other keys and certificates it leaves the ASN.1. */
function keyOf({ key, asn1 }: forge.pkcs12.Bag): KeyObject[] {
  try {
    if (key) return [createPrivateKey(forge.pki.privateKeyToPem(key))];
    return [createPrivateKey({ key: toDer(asn1), format: 'der', type: 'pkcs8' })];
  } catch {
    return [];
  }
}

function derOf({ cert, asn1 }: forge.pkcs12.Bag): Buffer {
  return toDer(cert ? forge.pki.certificateToAsn1(cert) : asn1);
}

function toDer(asn1: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}

function readCertificate(bytes: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}

/** From the certificate of the key upwards; files hold them in any order. What is of another chain is left out. */
export function orderChain(all: readonly X509Certificate[], key: KeyObject | undefined): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next = all.find((certificate) => key !== undefined && certificate.checkPrivateKey(key)) ?? all[0];
  while (next !== undefined) {
    const current: X509Certificate = next;
    chain.push(current);
    next = all.find((issuer) => !chain.includes(issuer) && current.checkIssued(issuer));
  }
  return chain;
}
