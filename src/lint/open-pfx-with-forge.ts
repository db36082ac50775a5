import forge from 'node-forge';
import type { OpenedPfx } from './open-pfx.ts';

/**
 * Opens PFX files with node-forge, which knows the RC2 and 3DES encryption of files that Azure and Windows export;
 * OpenSSL 3 refuses them.
 */
export function openPfxWithForge(data: string, password: string): OpenedPfx {
  const asn1 = parse(data);
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

function parse(data: string): forge.asn1.Asn1 | undefined {
  try {
    return forge.asn1.fromDer(forge.util.decode64(data.replace(/\s/g, '')));
  } catch {
    return undefined;
  }
}

function contentsOf(pfx: forge.pkcs12.Pkcs12Pfx): OpenedPfx {
  const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
  const bags = (type: string | undefined) => (type === undefined ? [] : (pfx.getBags({ bagType: type })[type] ?? []));
  const keys = [...bags(keyBag), ...bags(pkcs8ShroudedKeyBag)];
  const keyIds = new Set(keys.flatMap(localKeyIds));
  const isOfKey = (bag: forge.pkcs12.Bag) => localKeyIds(bag).some((id) => keyIds.has(id));
  const certificates = bags(certBag).toSorted((a, b) => Number(isOfKey(b)) - Number(isOfKey(a)));
  return {
    kind: 'opened',
    hasPrivateKey: keys.length > 0,
    certificates: certificates.flatMap(pemOf),
  };
}

function localKeyIds(bag: forge.pkcs12.Bag): readonly string[] {
  const attributes: { readonly localKeyId?: readonly string[] } = bag.attributes;
  return attributes.localKeyId ?? [];
}

/** forge reads certificates with RSA keys only; of the others it leaves the ASN.1. */
function pemOf({ cert, asn1 }: forge.pkcs12.Bag): readonly string[] {
  if (cert) return [forge.pki.certificateToPem(cert)];
  const der = forge.util.encode64(forge.asn1.toDer(asn1).getBytes());
  return [`-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`];
}
