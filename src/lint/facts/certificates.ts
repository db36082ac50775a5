import { X509Certificate } from 'node:crypto';
import type { SslCertificate } from '../../gateway/model.ts';
import type { OpenedPfx } from '../open-pfx.ts';
import type { RuleContext } from '../rule.ts';

/** A certificate as a program can read it; undefined when it is none. PEM, DER in base64, and PEM in base64. */
export function readCertificate(data: string): X509Certificate | undefined {
  for (const bytes of [data, Buffer.from(data, 'base64')]) {
    try {
      return new X509Certificate(bytes);
    } catch {
      // Not of this form.
    }
  }
  return undefined;
}

/** All certificates of a file, PEM or a single one in DER, in base64 or plain. */
export function readCertificateChain(data: string): readonly X509Certificate[] {
  const text = data.includes('-----BEGIN') ? data : Buffer.from(data, 'base64').toString('latin1');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [data];
  return blocks.flatMap((block) => readCertificate(block) ?? []);
}

/** What is in the PFX file of a certificate; undefined when the template does not hold it. */
export function openSslCertificate({ openPfx, raw }: RuleContext, certificate: SslCertificate): OpenedPfx | undefined {
  const properties = raw(certificate.origin, 'properties');
  const data = properties.member('data');
  const password = properties.member('password');
  if (openPfx === undefined || !certificate.data || certificate.password === null) return undefined;
  if (data.isUncertain || password.isUncertain || !/^\s*MI/.test(certificate.data)) return undefined;
  return openPfx(certificate.data, certificate.password);
}

/** The server certificate of a PFX file that could be opened. */
export function serverCertificate(context: RuleContext, certificate: SslCertificate): X509Certificate | undefined {
  const opened = openSslCertificate(context, certificate);
  const pem = opened?.kind === 'opened' ? opened.certificates[0] : undefined;
  return pem === undefined ? undefined : readCertificate(pem);
}
