import type { Clock } from '../base/clock.ts';

/** Waits for something, but not for longer than so many milliseconds. Tells whether it came in time. */
export async function within(clock: Clock, milliseconds: number, awaited: Promise<unknown>): Promise<boolean> {
  let timer: { dispose(): void } | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = clock.after(milliseconds, () => resolve(false));
  });
  try {
    return await Promise.race([awaited.then(() => true), late]);
  } finally {
    timer?.dispose();
  }
}
