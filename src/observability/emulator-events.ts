import type { BackendServer } from '../runtime/backends/backend-server.ts';
import type { HealthState } from '../runtime/probes/probe-state.ts';
import type { MetricSnapshot } from './metrics/shared-metrics.ts';
import type { RequestRecord } from './request-record.ts';

/** Something to tell the user about a running gateway. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  /** A sentence with names. */
  readonly message: string;
  /** Of a mistake of ours. */
  readonly cause?: unknown;
}

export interface HealthChange {
  readonly server: BackendServer;
  readonly before: HealthState;
  readonly after: HealthState;
}

export interface MemberChange {
  readonly pool: string;
  readonly member: string;
  /** null when only the manners of its stand-in have changed. */
  readonly state: 'up' | 'down' | null;
}

export interface EmulatorEventMap {
  /** Every listener accepts, and every probe has answered once or had its time. */
  readonly ready: [];
  /** A client opened or closed a connection. */
  readonly connection: [change: 'opened' | 'closed'];
  /** A request is over. */
  readonly request: [record: RequestRecord];
  /** A request that another instance of the gateway served is over; of many only some are told. */
  readonly requestElsewhere: [record: RequestRecord];
  /** What another instance of the gateway has measured until now. */
  readonly measured: [instance: number, metrics: readonly MetricSnapshot[]];
  /** A server became healthy or unhealthy. */
  readonly health: [change: HealthChange];
  /** Somebody took a member of a pool away, gave it back, or made its stand-in slow. */
  readonly member: [change: MemberChange];
  readonly notice: [notice: Notice];
  /** Another gateway is being served. */
  readonly redeploy: [];
  /** The addresses behind members' names have changed, and requests go there. */
  readonly addresses: [];
}

type Watchers = { readonly [K in keyof EmulatorEventMap]: Set<(...details: EmulatorEventMap[K]) => void> };

/**
 * What happens in the emulator, for whoever watches. A watcher that throws harms neither the data path nor the other
 * watchers, which is what sets this apart from Node's emitter: its error becomes a notice.
 */
export class EmulatorEvents {
  readonly #watchers: Watchers = {
    ready: new Set(),
    connection: new Set(),
    request: new Set(),
    requestElsewhere: new Set(),
    measured: new Set(),
    health: new Set(),
    member: new Set(),
    notice: new Set(),
    redeploy: new Set(),
    addresses: new Set(),
  };

  on<K extends keyof EmulatorEventMap>(name: K, watcher: (...details: EmulatorEventMap[K]) => void): Disposable {
    this.#watchers[name].add(watcher);
    return { [Symbol.dispose]: () => this.#watchers[name].delete(watcher) };
  }

  /** Waits for the next event of a kind for which the condition holds. */
  next<K extends keyof EmulatorEventMap>(
    name: K,
    holds: (...details: EmulatorEventMap[K]) => boolean = () => true,
  ): Promise<EmulatorEventMap[K]> {
    return new Promise((resolve) => {
      const watching = this.on(name, (...details) => {
        if (!holds(...details)) return;
        watching[Symbol.dispose]();
        resolve(details);
      });
    });
  }

  emit<K extends keyof EmulatorEventMap>(name: K, ...details: EmulatorEventMap[K]): void {
    for (const watcher of this.#watchers[name]) {
      try {
        watcher(...details);
      } catch (cause) {
        // A notice about a watcher of notices would go round in a circle.
        if (name === 'notice') continue;
        this.emit('notice', noticeOfFault(name, cause));
      }
    }
  }
}

/** What is told when a watcher of an event throws. */
export function noticeOfFault(name: keyof EmulatorEventMap, cause: unknown): Notice {
  return { severity: 'error', message: `A watcher of '${name}' failed: ${String(cause)}`, cause };
}
