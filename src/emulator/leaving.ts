import type { Clock } from '../base/clock.ts';

/** What was taken out of service and is closed later; all at once when the emulator is. */
export class Leaving {
  readonly #pending = new Set<() => Promise<void>>();

  add(clock: Clock, milliseconds: number, close: () => Promise<void>): void {
    const closeOnce = async () => {
      timer.dispose();
      if (this.#pending.delete(closeOnce)) await close();
    };
    this.#pending.add(closeOnce);
    const timer = clock.after(milliseconds, () => void closeOnce());
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#pending].map((closeOnce) => closeOnce()));
  }
}
