import { Resolver } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { Clock } from '../../base/clock.ts';

/** What a name stands for, and how long that may be relied on. */
export interface FoundAddresses {
  readonly addresses: readonly string[];
  readonly ttlSeconds: number;
}

/** Finds the addresses of a name; rejects when there are none. */
export type LookUp = (name: string) => Promise<FoundAddresses>;

/** Addresses that the user gives names, instead of the system's. Names ignore case. */
export type Hosts = Readonly<Record<string, readonly string[]>>;

/** For names that no name server told the time of, such as those in a hosts file. */
const unknownTtlSeconds = 30;
/** A TTL of 0 would have names looked up without a pause. */
const minimumTtlSeconds = 1;

/** The system's addresses of a name, hosts file included, with the TTL of its A records where a name server knows them. */
export const lookUpBySystem: LookUp = async (name) => {
  const [found, ttlSeconds] = await Promise.all([lookup(name, { all: true, family: 4 }), ttlOf(name)]);
  return { addresses: found.map(({ address }) => address), ttlSeconds };
};

function ttlOf(name: string): Promise<number> {
  // Nobody waits for a name server that does not answer: what it would tell is how long to wait.
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  return new Promise((resolve) => {
    resolver.resolve4(name, { ttl: true }, (error, records) => {
      resolve(error === null ? Math.min(...records.map(({ ttl }) => ttl)) : unknownTtlSeconds);
    });
  });
}

interface Entry {
  addresses: readonly string[];
  ttlSeconds: number;
  timer: { dispose(): void } | null;
}

/**
 * The names of pool members and the addresses behind them. Each is looked up again when its TTL is over; when that
 * fails the last good addresses stay.
 * https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works
 */
export class BackendNames {
  readonly #clock: Clock;
  readonly #lookUp: LookUp;
  readonly #entries = new Map<string, Entry>();
  #onChange: (() => void) | null = null;

  private constructor(clock: Clock, lookUp: LookUp) {
    this.#clock = clock;
    this.#lookUp = lookUp;
  }

  /** Looks all of these names up, without regard to what was found earlier. */
  static async lookUp(names: Iterable<string>, clock: Clock, lookUp: LookUp): Promise<BackendNames> {
    const found = new BackendNames(clock, lookUp);
    const wanted = [...new Set([...names].map((name) => name.toLowerCase()))];
    await Promise.all(wanted.map((name) => found.#add(name)));
    return found;
  }

  /** None while the name cannot be resolved. */
  addressesOf(name: string): readonly string[] {
    return this.#entries.get(name.toLowerCase())?.addresses ?? [];
  }

  /** From now on names are looked up again in time, and changes told. */
  watch(onChange: () => void): void {
    this.#onChange = onChange;
    for (const name of this.#entries.keys()) this.#schedule(name);
  }

  dispose(): void {
    this.#onChange = null;
    for (const { timer } of this.#entries.values()) timer?.dispose();
  }

  async #add(name: string): Promise<void> {
    const found = await this.#find(name);
    const { addresses, ttlSeconds } = found ?? { addresses: [], ttlSeconds: unknownTtlSeconds };
    this.#entries.set(name, { addresses: [...addresses].sort(), ttlSeconds, timer: null });
  }

  /** null for a name that cannot be resolved, which is a state of the backend and no fault of ours. */
  async #find(name: string): Promise<FoundAddresses | null> {
    try {
      const found = await this.#lookUp(name);
      return found.addresses.length === 0 ? null : found;
    } catch {
      return null;
    }
  }

  #schedule(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.ttlSeconds === Number.POSITIVE_INFINITY) return;
    const wait = Math.max(minimumTtlSeconds, entry.ttlSeconds) * 1000;
    entry.timer = this.#clock.after(wait, () => void this.#renew(name, entry));
  }

  async #renew(name: string, entry: Entry): Promise<void> {
    const found = await this.#find(name);
    if (this.#onChange === null) return;
    const before = entry.addresses;
    if (found !== null) {
      entry.addresses = [...found.addresses].sort();
      entry.ttlSeconds = found.ttlSeconds;
    }
    this.#schedule(name);
    if (before.join() !== entry.addresses.join()) this.#onChange();
  }
}

/** Takes names from the user's list first; those never change. */
export function lookUpWith(hosts: Hosts, otherwise: LookUp): LookUp {
  const byName = new Map(Object.entries(hosts).map(([name, addresses]) => [name.toLowerCase(), addresses]));
  return async (name) => {
    const addresses = byName.get(name.toLowerCase());
    return addresses === undefined ? otherwise(name) : { addresses, ttlSeconds: Number.POSITIVE_INFINITY };
  };
}
