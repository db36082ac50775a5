import type { Clock } from '../../base/clock.ts';
import { SlotSet, type Slotted } from '../../base/slot-set.ts';

/** Something that must not stay silent for too long. */
export interface Watched extends Slotted {
  /** When it last gave a sign of life, by the clock's `elapsed`. */
  readonly activeAt: number;
  readonly idleLimitMilliseconds: number;
  onIdle(): void;
}

const tickMilliseconds = 250;

/**
 * Watches many requests with one timer: entering and leaving costs a set operation, instead of a timer per request. A
 * silence is noticed at most a tick late.
 */
export class IdleWheel {
  readonly #clock: Clock;
  readonly #watched = new SlotSet<Watched>();
  #timer: { dispose(): void } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#watched.size;
  }

  watch(watched: Watched): void {
    this.#watched.add(watched);
    if (this.#timer === null) this.#schedule();
  }

  forget(watched: Watched): void {
    this.#watched.delete(watched);
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = null;
    this.#watched.clear();
  }

  #schedule(): void {
    this.#timer = this.#clock.after(tickMilliseconds, () => this.#tick());
  }

  #tick(): void {
    const now = this.#clock.elapsed();
    for (const watched of this.#watched.values()) {
      // Another one's end may have ended this one too.
      if (!this.#watched.has(watched)) continue;
      if (now - watched.activeAt < watched.idleLimitMilliseconds) continue;
      this.#watched.delete(watched);
      watched.onIdle();
    }
    this.#timer = null;
    if (this.#watched.size > 0) this.#schedule();
  }
}
