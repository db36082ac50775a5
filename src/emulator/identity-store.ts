import type { Clock } from '../base/clock.ts';
import type { HttpListener } from '../gateway/model.ts';
import type { EntryPoint } from '../routing/compile-routing-table.ts';
import { LocalAuthority } from '../runtime/listeners/certificates/local-authority.ts';
import { chooseIdentities } from '../runtime/listeners/choose-identity.ts';
import type { TlsIdentities, TlsIdentity } from '../runtime/listeners/tls-server.ts';

/** The certificates of HTTPS listeners, made by a local authority when they are first needed. */
export class IdentityStore {
  readonly #clock: Clock;
  readonly #issued = new Map<string, TlsIdentity>();
  #authority: LocalAuthority | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** PEM of the authority, for clients that are to trust it; null before any HTTPS listener was started. */
  get authorityPem(): string | null {
    return this.#authority?.certificatePem ?? null;
  }

  async identitiesFor(entryPoint: EntryPoint, generation: 'v1' | 'v2'): Promise<TlsIdentities> {
    this.#authority ??= await LocalAuthority.create(this.#clock);
    const authority = this.#authority;
    return chooseIdentities(entryPoint, generation, (listener) => this.#identityOf(listener, authority));
  }

  #identityOf({ name, hostNames }: HttpListener, authority: LocalAuthority): TlsIdentity {
    const key = JSON.stringify([name, hostNames]);
    const known = this.#issued.get(key);
    if (known !== undefined) return known;
    const identity = authority.issue(hostNames);
    this.#issued.set(key, identity);
    return identity;
  }
}
