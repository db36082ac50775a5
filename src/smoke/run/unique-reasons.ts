import type { Reason } from './test-result.ts';

/** Each reason once, and without those that another one begins with: it says the same and more. */
export function uniqueReasons(reasons: readonly Reason[]): readonly Reason[] {
  const all = [...new Map(reasons.map(({ stage, why }) => [why, { stage, why }])).values()];
  return all.filter((reason) => !all.some((other) => other !== reason && other.why.startsWith(reason.why)));
}
