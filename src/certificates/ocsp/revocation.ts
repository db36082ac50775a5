import type { X509Certificate } from 'node:crypto';

/** What is known about whether an authority has withdrawn a certificate. */
export type Revocation =
  | {
      readonly kind: 'answered';
      readonly status: 'good' | 'revoked' | 'unknown';
      /** The responder's answer as it came, which others can check as well. */
      readonly response: Buffer;
      /** Milliseconds since 1970 up to which the answer holds; null for the moment alone. */
      readonly validUntil: number | null;
    }
  | {
      readonly kind: 'unavailable';
      /** Why there is no answer that counts. */
      readonly why: string;
    };

/** Tells whether a certificate was revoked. */
export interface RevocationCheck {
  statusOf(certificate: X509Certificate, issuer: X509Certificate): Promise<Revocation>;
}

/** The responder that a certificate names for questions about it; null when it names none. */
export function responderOf(certificate: X509Certificate): string | null {
  // Node writes values that could be misread as JSON texts.
  const named = /^OCSP - URI:(?:"(http:[^"]+)"|(http:\S+))$/im.exec(certificate.infoAccess ?? '');
  return named?.[1] ?? named?.[2] ?? null;
}
