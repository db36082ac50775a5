import type { Clock } from '../base/clock.ts';
import type { CertificateOptions } from '../certificates/certificate-options.ts';
import { openAuthority } from '../certificates/kept-authority.ts';
import type { LocalAuthority } from '../certificates/local-authority.ts';
import type { EntryPoint } from '../routing/compile-routing-table.ts';
import { chooseIdentities } from '../runtime/listeners/choose-identity.ts';
import type { TlsIdentities } from '../runtime/listeners/tls-server.ts';

/** The certificates of HTTPS listeners, made by a local authority when they are first needed. */
export class IdentityStore {
  readonly #clock: Clock;
  readonly #options: CertificateOptions;
  readonly #onNotice: (message: string) => void;
  #opening: Promise<LocalAuthority> | null = null;
  #authority: LocalAuthority | null = null;

  constructor(clock: Clock, options: CertificateOptions, onNotice: (message: string) => void) {
    this.#clock = clock;
    this.#options = options;
    this.#onNotice = onNotice;
  }

  /** PEM of the authority, for clients that are to trust it; null before any HTTPS listener was started. */
  get authorityPem(): string | null {
    return this.#authority?.certificatePem ?? null;
  }

  async identitiesFor(entryPoint: EntryPoint, generation: 'v1' | 'v2'): Promise<TlsIdentities> {
    this.#opening ??= this.#open();
    const authority = await this.#opening;
    return chooseIdentities(entryPoint, generation, ({ hostNames }) => authority.issue(hostNames));
  }

  async #open(): Promise<LocalAuthority> {
    const { authority, notice } = await openAuthority(this.#options.dataFolder ?? null, this.#clock);
    if (notice !== null) this.#onNotice(notice);
    this.#authority = authority;
    return authority;
  }
}
