import { X509Certificate } from 'node:crypto';
import type { RevocationCheck } from '../../../certificates/ocsp/revocation.ts';
import type { SslProfile } from '../../../gateway/model.ts';

/** What a listener asks of its clients' certificates. */
export interface ClientAuthentication {
  /** `Passthrough` takes any certificate, and none. */
  readonly mode: SslProfile['verifyClientAuthMode'];
  /** The uploaded chains. */
  readonly chains: readonly ClientChain[];
  /** Whether the certificate has to come from the lowest authority of its chain. */
  readonly verifiesIssuer: boolean;
  /** Who tells whether the certificate was revoked; null where that does not matter. */
  readonly revocation: RevocationCheck | null;
}

/** The authorities of one upload, the root first. */
export type ClientChain = readonly X509Certificate[];

/**
 * What an SSL profile asks of clients; null when it asks for no certificate.
 * https://learn.microsoft.com/azure/application-gateway/mutual-authentication-overview
 */
export function clientAuthenticationOf(
  profile: SslProfile | null,
  revocation: RevocationCheck,
): ClientAuthentication | null {
  if (profile === null) return null;
  const { verifyClientAuthMode: mode, trustedClientCertificates } = profile;
  if (mode === 'Strict' && trustedClientCertificates.length === 0) return null;
  return {
    mode,
    chains: trustedClientCertificates.map(({ data }) => readChain(data ?? '')),
    verifiesIssuer: profile.verifyClientCertIssuerDN,
    revocation: profile.verifyClientRevocation === 'OCSP' ? revocation : null,
  };
}

/** The authorities in PEM, plain or in base64; certificates that are none are ignored, as Azure does. */
function readChain(data: string): ClientChain {
  const text = data.includes('-----BEGIN') ? data : Buffer.from(data, 'base64').toString('latin1');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  const sources = blocks ?? (data === '' ? [] : [Buffer.from(data, 'base64')]);
  const authorities = sources.flatMap(readAuthority);
  const root = authorities.find(isSelfIssued);
  return root === undefined ? authorities : orderFrom(root, authorities);
}

function readAuthority(source: string | Buffer): X509Certificate[] {
  try {
    const certificate = new X509Certificate(source);
    return certificate.ca ? [certificate] : [];
  } catch {
    return [];
  }
}

/** The longest way down from the root, then what is beside it. */
function orderFrom(root: X509Certificate, all: readonly X509Certificate[]): ClientChain {
  const chain = longestFrom(
    root,
    all.filter((each) => each !== root),
  );
  return [...chain, ...all.filter((each) => !chain.includes(each))];
}

function longestFrom(issuer: X509Certificate, others: readonly X509Certificate[]): X509Certificate[] {
  let longest: X509Certificate[] = [];
  for (const next of others.filter((each) => each.checkIssued(issuer))) {
    const chain = longestFrom(
      next,
      others.filter((each) => each !== next),
    );
    if (chain.length > longest.length) longest = chain;
  }
  return [issuer, ...longest];
}

export function isSelfIssued(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate);
}
