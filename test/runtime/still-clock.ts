import type { Clock } from '../../src/base/clock.ts';

/** Time that stands still until it is told to go on. */
export class StillClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  #waiting: { readonly milliseconds: number; times: number; readonly resolve: () => void } | null = null;
  now = () => this.#now;
  elapsed = () => this.#now;
  after(milliseconds: number, callback: () => void) {
    const timer = { at: this.#now + milliseconds, callback };
    this.#timers.add(timer);
    if (this.#waiting?.milliseconds === milliseconds && --this.#waiting.times === 0) this.#waiting.resolve();
    return { dispose: () => this.#timers.delete(timer) };
  }
  /** Waits until somebody wants to be called back after so many milliseconds, for the first time from now or a later. */
  asked(milliseconds: number, times = 1): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = { milliseconds, times, resolve };
    });
  }
  /** Calls back everything whose time has come. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const timer of [...this.#timers]) {
      if (timer.at > this.#now || !this.#timers.delete(timer)) continue;
      timer.callback();
    }
  }
}
