import { generateKeyPair, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import forge from 'node-forge';
import type { Clock } from '../../../base/clock.ts';
import type { TlsIdentity } from '../tls-server.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;
const organisation = 'Agate local certificates';

interface KeyPair {
  readonly publicKey: forge.pki.PublicKey;
  readonly privateKey: forge.pki.rsa.PrivateKey;
  readonly privatePem: string;
}

/** A certificate authority of this process, for listeners whose real certificate is not at hand. */
export class LocalAuthority {
  /** The authority's own certificate, for clients that are to trust it. */
  readonly certificatePem: string;
  readonly #certificate: forge.pki.Certificate;
  readonly #authorityKey: KeyPair;
  readonly #leafKey: KeyPair;
  readonly #clock: Clock;

  private constructor(authorityKey: KeyPair, leafKey: KeyPair, clock: Clock) {
    this.#authorityKey = authorityKey;
    this.#leafKey = leafKey;
    this.#clock = clock;
    this.#certificate = this.#makeAuthority();
    this.certificatePem = forge.pki.certificateToPem(this.#certificate);
  }

  static async create(clock: Clock): Promise<LocalAuthority> {
    const [authorityKey, leafKey] = await Promise.all([makeKeyPair(), makeKeyPair()]);
    return new LocalAuthority(authorityKey, leafKey, clock);
  }

  /** Makes a certificate for host names, which may have a wildcard, and for the addresses of this machine. */
  issue(hostNames: readonly string[]): TlsIdentity {
    const certificate = this.#start(this.#leafKey);
    const names = [...hostNames, ...hostNames.map((name) => `${name}.localhost`), 'localhost', '127.0.0.1', '::1'];
    certificate.setSubject([
      { name: 'commonName', value: (hostNames[0] ?? 'localhost').slice(0, 64) },
      { name: 'organizationName', value: organisation },
    ]);
    certificate.setIssuer(this.#certificate.subject.attributes);
    certificate.setExtensions([
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(alternativeName) },
    ]);
    certificate.sign(this.#authorityKey.privateKey, forge.md.sha256.create());
    return { cert: `${forge.pki.certificateToPem(certificate)}${this.certificatePem}`, key: this.#leafKey.privatePem };
  }

  #makeAuthority(): forge.pki.Certificate {
    const certificate = this.#start(this.#authorityKey);
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
    certificate.sign(this.#authorityKey.privateKey, forge.md.sha256.create());
    return certificate;
  }

  #start(key: KeyPair): forge.pki.Certificate {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = key.publicKey;
    // The first bit is clear, or the number would be negative.
    certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
    certificate.validity.notBefore = new Date(this.#clock.now() - dayMilliseconds);
    certificate.validity.notAfter = new Date(this.#clock.now() + 365 * dayMilliseconds);
    return certificate;
  }
}

function alternativeName(name: string): { type: number; value?: string; ip?: string } {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name };
}

/** Node makes keys in its thread pool; forge would do it in JavaScript. */
async function makeKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    privateKey: forge.pki.privateKeyFromPem(privateKey),
    privatePem: privateKey,
  };
}
