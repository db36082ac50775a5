import type { AdvancedRoutingTable } from './advanced-routing-table.ts';
import type { EntryPoint } from './compile-routing-table.ts';
import { coversHosts, hasWildcard } from './match-host.ts';
import type { PathCandidate, PathTable } from './path-table.ts';

/**
 * The listener that takes every request which a host name could take, because it is tried earlier and answers to as
 * much or more; null when the host name can be reached.
 *
 * @param index of the host name among the entry point's candidates
 */
export function shadowOfHost({ hostCandidates, hosts }: EntryPoint, index: number): string | null {
  const candidate = hostCandidates[index];
  if (candidate === undefined) return null;
  const { pattern, value } = candidate;
  if (pattern !== null && !hasWildcard(pattern)) {
    const taker = hosts.find(pattern.toLowerCase());
    return taker === undefined || taker === value ? null : `listener '${taker.listener.name}'`;
  }
  const shadow = hostCandidates
    .slice(0, index)
    .find((earlier) => earlier.value !== value && coversHosts(earlier.pattern, pattern));
  return shadow === undefined ? null : `listener '${shadow.value.listener.name}'`;
}

/**
 * The pattern of a path map that takes every path which another could take; null when that can be reached.
 *
 * @param index of the pattern as listed; one past the last stands for the map's default
 */
export function shadowOfPath(paths: PathTable, index: number): string | null {
  const candidate = paths.candidateAt(index);
  const takerIndex = candidate === undefined ? paths.findPrefix('/') : takerOf(candidate, paths);
  const taker = takerIndex === undefined || takerIndex === index ? undefined : paths.candidateAt(takerIndex);
  return taker === undefined ? null : `path rule '${taker.pathRule.name}' ('${taker.pattern}')`;
}

/** What takes a pattern's literal part with all that may follow it. */
function takerOf({ literal, isPrefix }: PathCandidate, paths: PathTable): number | undefined {
  return isPrefix ? paths.findPrefix(literal) : paths.find(literal);
}

/**
 * The rule without conditions that takes every request before another of its advanced routing map comes to its turn.
 *
 * @param index of the rule in the order in which they are tried; one past the last stands for the map's default
 */
export function shadowOfAdvanced({ candidates }: AdvancedRoutingTable, index: number): string | null {
  const taker = candidates.slice(0, index).find(({ conditions }) => conditions.length === 0);
  return taker === undefined ? null : `advanced routing rule '${taker.rule.name}'`;
}
