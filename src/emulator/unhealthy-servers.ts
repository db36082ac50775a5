import type { Clock } from '../base/clock.ts';
import type { BackendServer, ServerState } from '../runtime/backends/backend-server.ts';
import { drainSecondsOf } from './drain-seconds.ts';

/**
 * What is open to a server that becomes unhealthy may finish, as when a server leaves its pool, and is cut when the
 * time to drain is over.
 * https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#connection-draining
 */
export class UnhealthyServers {
  readonly #clock: Clock;
  readonly #cut: (server: BackendServer, why: string) => void;
  readonly #timers = new Map<ServerState, { dispose(): void }>();

  constructor(clock: Clock, cut: (server: BackendServer, why: string) => void) {
    this.#clock = clock;
    this.#cut = cut;
  }

  /** To be told when the health of a server has changed. */
  changed(server: BackendServer): void {
    this.#timers.get(server.state)?.dispose();
    this.#timers.delete(server.state);
    if (server.state.health.health === 'Unhealthy' && !staysInTurn(server)) this.#drain(server);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) timer.dispose();
    this.#timers.clear();
  }

  #drain(server: BackendServer): void {
    const seconds = drainSecondsOf(server.settings);
    const timer = this.#clock.after(seconds * 1000, () => {
      this.#timers.delete(server.state);
      this.#cut(server, `${server.ipOrName} has been unhealthy for ${seconds} s.`);
    });
    this.#timers.set(server.state, timer);
  }
}

/** Perhaps it does: a server that its probe wants in turn in any case is left alone. */
function staysInTurn({ settings }: BackendServer): boolean {
  return (settings.probe?.minServers ?? 0) > 0;
}
