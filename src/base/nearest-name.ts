import { foldCase } from './case-insensitive-map.ts';

/**
 * The candidate that was most likely meant by a misspelt name, or undefined when none is near. Up to a third of the
 * letters may differ, so names of one or two letters have to be right; case means nothing.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const folded = foldCase(name);
  let nearest: string | undefined;
  let least = Math.floor(name.length / 3) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(folded, foldCase(candidate), least);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/**
 * Damerau-Levenshtein distance in its "optimal string alignment" form: letters inserted, left out, changed, or two
 * neighbours swapped.
 *
 * @param enough from this distance on it does not matter how far apart the texts are
 */
export function editDistance(a: string, b: string, enough = Number.POSITIVE_INFINITY): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const changed = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + changed);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) cost = Math.min(cost, at(beforePrevious, column - 2) + 1);
      current.push(cost);
      if (cost < least) least = cost;
    }
    // A swap reaches back two rows, but what it costs there was counted in the row between.
    if (least > enough) return least;
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
