import type { Behaviour } from './behaviour.ts';
import { foldPath, type PathPattern, parsePathPattern } from './match-path.ts';
import { PathTree } from './path-tree.ts';

/** A pattern of a path map as it is written, and what it means. */
export interface ListedPattern extends PathPattern {
  readonly pattern: string;
}

/**
 * The patterns of a path map made ready for look-ups whose cost does not grow with their number. They say nothing of
 * where requests go, so maps with the same patterns can share them.
 */
export class PathPatterns {
  /** In the order in which the map lists them. */
  readonly listed: readonly ListedPattern[];
  readonly #pathCase: Behaviour['pathCase'];
  readonly #tree: PathTree;

  constructor(patterns: readonly string[], { pathCase, pathPrecedence }: Behaviour) {
    this.listed = patterns.map((pattern) => ({ pattern, ...parsePathPattern(pattern) }));
    this.#pathCase = pathCase;
    const entries = this.listed.map(({ literal, isPrefix }, index) => ({
      literal: foldPath(literal, pathCase),
      isPrefix,
      index,
    }));
    this.#tree = new PathTree(entries, pathPrecedence);
  }

  /**
   * The index of the pattern that takes a path.
   *
   * @param path in the normal form of the gateway's generation
   */
  find(path: string): number | undefined {
    return this.#tree.find(foldPath(path, this.#pathCase));
  }

  /** The index of the pattern with `*` that takes a path and everything that starts with it. */
  findPrefix(path: string): number | undefined {
    return this.#tree.findPrefix(foldPath(path, this.#pathCase));
  }
}
