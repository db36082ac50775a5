/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Measures each candidate once a round, one after the other: what disturbs the machine for a while then disturbs all
 * of them. Every other round goes backwards, so that none is always first.
 */
export async function interleaved<C>(
  candidates: readonly C[],
  rounds: number,
  measure: (candidate: C, round: number) => Promise<number>,
): Promise<Map<C, number[]>> {
  const results = new Map<C, number[]>(candidates.map((candidate) => [candidate, []]));
  for (let round = 0; round < rounds; round++) {
    for (const candidate of round % 2 === 0 ? candidates : candidates.toReversed()) {
      results.get(candidate)?.push(await measure(candidate, round));
    }
  }
  return results;
}

/** The median of the ratios of the rounds, which noise that comes and goes moves less than the ratio of the medians. */
export function medianRatio(values: readonly number[], of: readonly number[]): number {
  return median(values.map((value, round) => value / (of[round] ?? Number.NaN)));
}
