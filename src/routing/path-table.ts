import type { PathRule, RouteTarget, UrlPathMap } from '../gateway/model.ts';
import type { ListedPattern, PathPatterns } from './path-patterns.ts';

/** A pattern of a path rule. */
export interface PathCandidate extends ListedPattern {
  readonly pathRule: PathRule;
  readonly target: RouteTarget;
}

/** How the parts of a path map are made ready that several maps may share. */
export interface SharedParts {
  patterns(patterns: readonly string[]): PathPatterns;
  target(target: RouteTarget): RouteTarget;
}

/**
 * A path map made ready. With a thousand maps of a thousand rules what a look-up costs is the memory that it touches
 * for the first time, so what maps have in common exists once, and what each has of its own lies in two lists.
 */
export class PathTable {
  readonly defaultTarget: RouteTarget;
  readonly #patterns: PathPatterns;
  /** By the index of the pattern. */
  readonly #pathRules: readonly PathRule[];
  readonly #targets: readonly RouteTarget[];

  constructor({ pathRules, defaultTarget }: UrlPathMap, shared: SharedParts) {
    this.defaultTarget = shared.target(defaultTarget);
    this.#patterns = shared.patterns(pathRules.flatMap(({ paths }) => paths));
    this.#pathRules = pathRules.flatMap((pathRule) => pathRule.paths.map(() => pathRule));
    this.#targets = this.#pathRules.map(({ target }) => shared.target(target));
  }

  /** How many patterns there are. */
  get size(): number {
    return this.#pathRules.length;
  }

  /** In the order in which the map lists them. */
  get candidates(): PathCandidate[] {
    return this.#pathRules.flatMap((_, index) => this.candidateAt(index) ?? []);
  }

  /**
   * The index of the pattern that takes a path.
   *
   * @param path in the normal form of the gateway's generation
   */
  find(path: string): number | undefined {
    return this.#patterns.find(path);
  }

  /** The index of the pattern with `*` that takes a path and everything that starts with it. */
  findPrefix(path: string): number | undefined {
    return this.#patterns.findPrefix(path);
  }

  pathRuleAt(index: number): PathRule | undefined {
    return this.#pathRules[index];
  }

  targetAt(index: number): RouteTarget | undefined {
    return this.#targets[index];
  }

  candidateAt(index: number): PathCandidate | undefined {
    const listed = this.#patterns.listed[index];
    const pathRule = this.#pathRules[index];
    const target = this.#targets[index];
    return listed && pathRule && target && { ...listed, pathRule, target };
  }
}
