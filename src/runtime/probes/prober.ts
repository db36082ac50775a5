import type { Clock } from '../../base/clock.ts';
import type { Gateway } from '../../gateway/model.ts';
import type { BackendServer } from '../backends/backend-server.ts';
import { type ProbePlan, planProbe } from './probe-plan.ts';
import { type HealthState, isInDoubt, nextHealth } from './probe-state.ts';
import { type RunningProbe, sendProbe } from './send-probe.ts';

export type OnHealth = (server: BackendServer, before: HealthState) => void;

/** Asks one server again and again, and keeps its health up to date, until it is disposed. */
export class Prober {
  /** Settles with the first answer, good or bad. */
  readonly firstRound: Promise<void>;
  readonly #server: BackendServer;
  readonly #plan: ProbePlan;
  readonly #clock: Clock;
  readonly #generation: Gateway['sku']['generation'];
  readonly #onHealth: OnHealth;
  #timer: { dispose(): void } | null = null;
  #running: RunningProbe | null = null;
  #isDisposed = false;

  constructor(server: BackendServer, generation: Gateway['sku']['generation'], clock: Clock, onHealth: OnHealth) {
    this.#server = server;
    this.#plan = planProbe(server.settings, server.address, generation);
    this.#clock = clock;
    this.#generation = generation;
    this.#onHealth = onHealth;
    this.firstRound = this.probe();
  }

  /** Asks now, and from now on at the interval. */
  async probe(): Promise<void> {
    this.#timer?.dispose();
    this.#running?.cancel();
    const running = sendProbe(this.#server, this.#plan, this.#clock, this.#generation);
    this.#running = running;
    const startedAt = this.#clock.elapsed();
    const result = await running.result;
    // Another one was started meanwhile, or none is wanted any more.
    if (this.#isDisposed || this.#running !== running) return;
    this.#running = null;
    const before = this.#server.state.health;
    this.#server.state.health = nextHealth(before, result, this.#plan.unhealthyThreshold);
    this.#onHealth(this.#server, before);
    this.#schedule(startedAt);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#running?.cancel();
  }

  /** The interval counts from one start to the next, so that a slow answer does not shift the rhythm. */
  #schedule(startedAt: number): void {
    if (this.#isDisposed) return;
    const atOnce = this.#plan.repeatsAtOnce && isInDoubt(this.#server.state.health);
    const passed = this.#clock.elapsed() - startedAt;
    const wait = atOnce ? 0 : Math.max(0, this.#plan.intervalMilliseconds - passed);
    this.#timer = this.#clock.after(wait, () => void this.probe());
  }
}
