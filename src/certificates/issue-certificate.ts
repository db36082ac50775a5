import { createPublicKey, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** People trust it once; it should not ask them again soon. */
const authorityDays = 3650;
/** Apple's systems accept no server certificate that is valid for longer than 825 days. */
const leafDays = 365;
const organisation = 'Agate local certificates';

/** An authority's certificate and key in PEM. */
export interface Issuer {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Makes the self-signed certificate of an authority. */
export function issueAuthority(keyPem: string, now: number): string {
  const certificate = start(keyPem, now, authorityDays);
  const name = [
    { name: 'commonName', value: `Agate local CA ${randomBytes(4).toString('hex')}` },
    { name: 'organizationName', value: organisation },
  ];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  return sign(certificate, keyPem);
}

/** Makes a certificate for host names, which may have a wildcard, and for the addresses of this machine. */
export function issueLeaf(issuer: Issuer, leafKeyPem: string, hostNames: readonly string[], now: number): string {
  const authority = forge.pki.certificateFromPem(issuer.certificatePem);
  const certificate = start(leafKeyPem, now, leafDays);
  const names = [...hostNames, ...hostNames.map((name) => `${name}.localhost`), 'localhost', '127.0.0.1', '::1'];
  certificate.setSubject([
    { name: 'commonName', value: (hostNames[0] ?? 'localhost').slice(0, 64) },
    { name: 'organizationName', value: organisation },
  ]);
  certificate.setIssuer(authority.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: names.map(alternativeName) },
  ]);
  return sign(certificate, issuer.keyPem);
}

function start(keyPem: string, now: number, days: number): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  const publicPem = createPublicKey(keyPem).export({ type: 'spki', format: 'pem' });
  certificate.publicKey = forge.pki.publicKeyFromPem(publicPem.toString());
  // The first bit is clear, or the number would be negative.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(now - dayMilliseconds);
  certificate.validity.notAfter = new Date(now + days * dayMilliseconds);
  return certificate;
}

function sign(certificate: forge.pki.Certificate, keyPem: string): string {
  certificate.sign(forge.pki.privateKeyFromPem(keyPem), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

function alternativeName(name: string): { type: number; value?: string; ip?: string } {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name };
}
