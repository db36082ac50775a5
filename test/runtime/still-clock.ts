import type { Clock } from '../../src/base/clock.ts';

/** Time that stands still until it is told to go on. */
export class StillClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  now = () => this.#now;
  elapsed = () => this.#now;
  after(milliseconds: number, callback: () => void) {
    const timer = { at: this.#now + milliseconds, callback };
    this.#timers.add(timer);
    return { dispose: () => this.#timers.delete(timer) };
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
