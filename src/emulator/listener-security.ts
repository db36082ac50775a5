import type { Clock } from '../base/clock.ts';
import type { Issuer } from '../certificates/issue-certificate.ts';
import { OcspClient } from '../certificates/ocsp/ocsp-client.ts';
import type { Notice } from '../observability/emulator-events.ts';
import type { RoutingTable } from '../routing/compile-routing-table.ts';
import { type IdentitySources, IdentityStore } from './identity-store.ts';
import { type SecuredEntryPoints, secureEntryPoints } from './secured-entry-points.ts';

export interface SecurityObserver {
  readonly onNotice: (notice: Notice) => void;
  /** It is time to look whether certificate files have changed, with `secureAgain`. */
  readonly onRenewal: () => void;
}

/** As often as Azure looks into Key Vault. https://learn.microsoft.com/azure/application-gateway/key-vault-certs */
const renewalMilliseconds = 4 * 60 * 60 * 1000;

/** Certificates of a gateway's listeners, from their first deployment to their renewal. */
export class ListenerSecurity {
  readonly #clock: Clock;
  readonly #observer: SecurityObserver;
  readonly #identities: IdentityStore;
  readonly #ocsp: OcspClient;
  #timer: { dispose(): void } | null = null;

  constructor(clock: Clock, options: IdentitySources, observer: SecurityObserver) {
    this.#clock = clock;
    this.#observer = observer;
    this.#ocsp = new OcspClient(clock, options.responders);
    this.#identities = new IdentityStore(clock, options, (message) =>
      observer.onNotice({ severity: 'warning', message }),
    );
  }

  /** Certificate and key of the local authority; null while no listener needs it. */
  get authority(): Issuer | null {
    return this.#identities.authority;
  }

  /** Paths of the files whose certificates are shown. */
  get files(): readonly string[] {
    return this.#identities.files;
  }

  /** @throws EmulatorError `FileUnreadable` for a file that was named and is of no use */
  async secure(table: RoutingTable): Promise<SecuredEntryPoints> {
    const identityFor = this.#identities.identityFor.bind(this.#identities);
    const secured = await secureEntryPoints(table, { ocsp: this.#ocsp, identityFor });
    if (this.files.length > 0) this.#renewInTime();
    return secured;
  }

  /** The same gateway with what its certificate files hold by now; listeners whose file is of no use are disabled. */
  secureAgain(table: RoutingTable): Promise<SecuredEntryPoints> {
    const identityFor = this.#identities.identityAgain.bind(this.#identities);
    return secureEntryPoints(table, { ocsp: this.#ocsp, identityFor });
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#ocsp.dispose();
  }

  /** Each deployment begins the hours anew, as it has just looked. */
  #renewInTime(): void {
    this.#timer?.dispose();
    this.#timer = this.#clock.after(renewalMilliseconds, () => {
      this.#renewInTime();
      this.#observer.onRenewal();
    });
  }
}
