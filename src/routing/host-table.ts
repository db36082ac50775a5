import { hasWildcard, matchFolded } from './match-host.ts';

/** One host name of a listener, or null for a listener that takes every name. */
export interface HostCandidate<T> {
  readonly pattern: string | null;
  readonly value: T;
}

interface RankedPattern<T> {
  readonly pattern: string;
  /** Place in the order in which candidates are tried. */
  readonly rank: number;
  readonly value: T;
}

const lastRank = Number.POSITIVE_INFINITY;

/**
 * Finds the first candidate that matches a name without trying them all: names without wildcards by a look-up,
 * wildcards only among those that end like the name asked for.
 */
export class HostTable<T> {
  readonly #exact = new Map<string, RankedPattern<T>>();
  /** Wildcards by the literal labels at their end: `*.contoso.com` under `.contoso.com`, `shop.*` under nothing. */
  readonly #wildcards = new Map<string, RankedPattern<T>[]>();
  #catchAll: RankedPattern<T> | undefined;

  /** @param candidates in the order in which they are tried */
  constructor(candidates: readonly HostCandidate<T>[]) {
    candidates.forEach(({ pattern, value }, rank) => {
      this.#add({ pattern: pattern === null ? '' : pattern.toLowerCase(), rank, value }, pattern === null);
    });
  }

  #add(candidate: RankedPattern<T>, takesEveryName: boolean): void {
    if (takesEveryName) this.#catchAll ??= candidate;
    else if (hasWildcard(candidate.pattern)) this.#addWildcard(candidate);
    else if (!this.#exact.has(candidate.pattern)) this.#exact.set(candidate.pattern, candidate);
  }

  #addWildcard(candidate: RankedPattern<T>): void {
    const ending = literalEnding(candidate.pattern);
    const sharing = this.#wildcards.get(ending);
    if (sharing === undefined) this.#wildcards.set(ending, [candidate]);
    else sharing.push(candidate);
  }

  /** @param hostName in lower case, without port */
  find(hostName: string): T | undefined {
    return this.#first(hostName, this.#catchAll)?.value;
  }

  /** As {@link find}, among the candidates that name their hosts. */
  findNamed(hostName: string): T | undefined {
    return this.#first(hostName, undefined)?.value;
  }

  #first(hostName: string, catchAll: RankedPattern<T> | undefined): RankedPattern<T> | undefined {
    const exact = this.#exact.get(hostName);
    const best = (exact?.rank ?? lastRank) < (catchAll?.rank ?? lastRank) ? exact : catchAll;
    return this.#wildcards.size === 0 ? best : this.#earlierWildcard(hostName, best);
  }

  #earlierWildcard(hostName: string, best: RankedPattern<T> | undefined): RankedPattern<T> | undefined {
    let first = firstMatch(this.#wildcards.get(''), hostName, best);
    for (let dot = hostName.indexOf('.'); dot !== -1; dot = hostName.indexOf('.', dot + 1)) {
      first = firstMatch(this.#wildcards.get(hostName.slice(dot)), hostName, first);
    }
    return first;
  }
}

function firstMatch<T>(
  candidates: readonly RankedPattern<T>[] | undefined,
  hostName: string,
  best: RankedPattern<T> | undefined,
): RankedPattern<T> | undefined {
  if (candidates === undefined) return best;
  const limit = best?.rank ?? lastRank;
  for (const candidate of candidates) {
    if (candidate.rank >= limit) break;
    if (matchFolded(candidate.pattern, hostName)) return candidate;
  }
  return best;
}

function literalEnding(pattern: string): string {
  const lastWildcard = Math.max(pattern.lastIndexOf('*'), pattern.lastIndexOf('?'));
  const dot = pattern.indexOf('.', lastWildcard + 1);
  return dot === -1 ? '' : pattern.slice(dot);
}
