import type { Clock } from '../../base/clock.ts';
import { type Linked, LinkedList } from '../linked-list.ts';

/** Something that must not stay silent for too long. */
export interface Watched extends Linked {
  /** When it last gave a sign of life, by the clock's `elapsed`. */
  readonly activeAt: number;
  readonly idleLimitMilliseconds: number;
  onIdle(): void;
}

const tickMilliseconds = 250;

/**
 * Watches many requests with one timer: entering and leaving a list costs less than a timer per request. A
 * silence is noticed at most a tick late.
 */
export class IdleWheel {
  readonly #clock: Clock;
  readonly #watched = new LinkedList<Watched>();
  #timer: { dispose(): void } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#watched.size;
  }

  watch(watched: Watched): void {
    if (!this.#watched.has(watched)) this.#watched.add(watched);
    if (this.#timer === null) this.#schedule();
  }

  forget(watched: Watched): void {
    this.#watched.delete(watched);
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = null;
    for (const watched of this.#watched) this.#watched.delete(watched);
  }

  #schedule(): void {
    this.#timer = this.#clock.after(tickMilliseconds, () => this.#tick());
  }

  #tick(): void {
    const now = this.#clock.elapsed();
    for (const watched of this.#watched) {
      if (now - watched.activeAt < watched.idleLimitMilliseconds) continue;
      this.#watched.delete(watched);
      watched.onIdle();
    }
    this.#timer = null;
    if (this.#watched.size > 0) this.#schedule();
  }
}
