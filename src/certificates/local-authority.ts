import type { Clock } from '../base/clock.ts';
import type { Issuer } from './issue-certificate.ts';
import { makeKey, processAuthorityKey, processLeafKey } from './key-pair.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** A certificate authority of this machine, for listeners whose real certificate is not at hand. */
export class LocalAuthority {
  readonly #issuer: Issuer;
  readonly #leafKey: () => Promise<string>;
  readonly #clock: Clock;
  readonly #issued = new Map<string, Promise<TlsIdentity>>();

  /** @param leafKey gives the key that all certificates of the authority share */
  constructor(issuer: Issuer, leafKey: () => Promise<string>, clock: Clock) {
    this.#issuer = issuer;
    this.#leafKey = leafKey;
    this.#clock = clock;
  }

  /** An authority that ends with the process. */
  static async inMemory(clock: Clock): Promise<LocalAuthority> {
    return new LocalAuthority(await makeIssuer(clock, processAuthorityKey), processLeafKey, clock);
  }

  /** The authority's own certificate, for clients that are to trust it. */
  get certificatePem(): string {
    return this.#issuer.certificatePem;
  }

  /** With its key, for processes that are to issue certificates as well. */
  get issuer(): Issuer {
    return this.#issuer;
  }

  /** A certificate for host names, which may have a wildcard, and for the addresses of this machine. */
  issue(hostNames: readonly string[]): Promise<TlsIdentity> {
    const key = JSON.stringify(hostNames);
    const known = this.#issued.get(key);
    if (known !== undefined) return known;
    const issued = this.#issue(hostNames);
    this.#issued.set(key, issued);
    return issued;
  }

  async #issue(hostNames: readonly string[]): Promise<TlsIdentity> {
    const [{ issueLeaf }, key] = await Promise.all([import('./issue-certificate.ts'), this.#leafKey()]);
    const leaf = issueLeaf(this.#issuer, key, hostNames, this.#clock.now());
    return { cert: `${leaf}${this.#issuer.certificatePem}`, key };
  }
}

/** Makes an authority of its own. ASN.1 takes 50 ms to load, which only those wait for who need a certificate. */
export async function makeIssuer(clock: Clock, key: () => Promise<string> = makeKey): Promise<Issuer> {
  const [{ issueAuthority }, keyPem] = await Promise.all([import('./issue-certificate.ts'), key()]);
  return { certificatePem: issueAuthority(keyPem, clock.now()), keyPem };
}
