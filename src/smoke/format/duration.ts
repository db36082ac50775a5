/** Times as test files have them: `500ms`, `2s`, `1.5s`, `1m`. */
export const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m)$/;

const unitMilliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** Milliseconds of a duration that fits {@link durationPattern}. */
export function millisecondsOf(duration: string): number {
  const [, amount = '0', unit = 'ms'] = durationPattern.exec(duration) ?? [];
  return Number(amount) * (unitMilliseconds[unit] ?? 1);
}
