/** Where time comes from, so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Milliseconds from an arbitrary point that never run backwards; for measuring how long something took. */
  elapsed(): number;
  /** Calls back once after so many milliseconds, unless disposed before. Never keeps the process alive. */
  after(milliseconds: number, callback: () => void): { dispose(): void };
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return { dispose: () => clearTimeout(timer) };
  },
};
