import type { PathRule, RouteTarget, UrlPathMap } from '../gateway/model.ts';
import type { Behaviour } from './behaviour.ts';
import { foldPath, parsePathPattern } from './match-path.ts';
import { PrefixTree } from './prefix-tree.ts';

/** A pattern of a path rule, in the order in which the map lists them. */
export interface PathCandidate {
  readonly pathRule: PathRule;
  readonly pattern: string;
  /** The pattern without a trailing `*`. */
  readonly literal: string;
  readonly isPrefix: boolean;
  readonly target: RouteTarget;
}

const none = Number.POSITIVE_INFINITY;

/** A path map made ready for look-ups whose cost does not grow with the number of its rules. */
export class PathTable {
  readonly candidates: readonly PathCandidate[];
  readonly defaultTarget: RouteTarget;
  readonly #behaviour: Behaviour;
  readonly #exact = new Map<string, number>();
  readonly #prefixes = new PrefixTree();

  constructor(urlPathMap: UrlPathMap, behaviour: Behaviour) {
    this.candidates = urlPathMap.pathRules.flatMap((pathRule) =>
      pathRule.paths.map((pattern) => ({ pathRule, pattern, ...parsePathPattern(pattern), target: pathRule.target })),
    );
    this.defaultTarget = urlPathMap.defaultTarget;
    this.#behaviour = behaviour;
    this.candidates.forEach((candidate, index) => {
      this.#add(foldPath(candidate.literal, behaviour.pathCase), candidate.isPrefix, index);
    });
  }

  #add(literal: string, isPrefix: boolean, index: number): void {
    if (isPrefix) this.#prefixes.add(literal, index);
    else if (!this.#exact.has(literal)) this.#exact.set(literal, index);
  }

  /** @param path in the normal form of the gateway's generation */
  find(path: string): PathCandidate | undefined {
    const index = this.#indexOf(foldPath(path, this.#behaviour.pathCase));
    return index === none ? undefined : this.candidates[index];
  }

  #indexOf(path: string): number {
    const exact = this.#exact.get(path) ?? none;
    if (this.#behaviour.pathPrecedence === 'listed') return Math.min(exact, this.#prefixes.lowestIndex(path));
    if (exact !== none) return exact;
    return this.#behaviour.pathPrecedence === 'exactFirst'
      ? this.#prefixes.lowestIndex(path)
      : this.#prefixes.indexOfLongest(path);
  }
}
