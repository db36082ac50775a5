import type { PathRule, RouteTarget, UrlPathMap } from '../gateway/model.ts';
import type { Behaviour } from './behaviour.ts';
import { foldPath, parsePathPattern } from './match-path.ts';
import { PathTree } from './path-tree.ts';

/** A pattern of a path rule. */
export interface PathCandidate {
  readonly pathRule: PathRule;
  readonly pattern: string;
  /** The pattern without a trailing `*`. */
  readonly literal: string;
  readonly isPrefix: boolean;
  readonly target: RouteTarget;
}

/** A path map made ready for look-ups whose cost does not grow with the number of its rules. */
export class PathTable {
  /** In the order in which the map lists them. */
  readonly candidates: readonly PathCandidate[];
  readonly defaultTarget: RouteTarget;
  readonly #pathCase: Behaviour['pathCase'];
  readonly #tree: PathTree;

  constructor(urlPathMap: UrlPathMap, { pathCase, pathPrecedence }: Behaviour) {
    this.candidates = urlPathMap.pathRules.flatMap((pathRule) =>
      pathRule.paths.map((pattern) => ({ pathRule, pattern, ...parsePathPattern(pattern), target: pathRule.target })),
    );
    this.defaultTarget = urlPathMap.defaultTarget;
    this.#pathCase = pathCase;
    const entries = this.candidates.map(({ literal, isPrefix }, index) => ({
      literal: foldPath(literal, pathCase),
      isPrefix,
      index,
    }));
    this.#tree = new PathTree(entries, pathPrecedence);
  }

  /** @param path in the normal form of the gateway's generation */
  find(path: string): PathCandidate | undefined {
    const index = this.#tree.find(foldPath(path, this.#pathCase));
    return index === undefined ? undefined : this.candidates[index];
  }

  /** The pattern with `*` that takes a path and everything that starts with it. */
  findPrefix(path: string): PathCandidate | undefined {
    const index = this.#tree.findPrefix(foldPath(path, this.#pathCase));
    return index === undefined ? undefined : this.candidates[index];
  }
}
