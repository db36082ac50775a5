import type { Diagnostic } from '../base/diagnostic.ts';
import type { AdvancedRoutingMap, RequestRoutingRule, RouteTarget, UrlPathMap } from '../gateway/model.ts';
import { AdvancedRoutingTable } from './advanced-routing-table.ts';
import type { Behaviour } from './behaviour.ts';
import { PathPatterns } from './path-patterns.ts';
import { PathTable, type SharedParts } from './path-table.ts';

/** Where a rule sends requests. */
export interface CompiledTargets {
  /** Where a request goes that no path rule takes. */
  readonly defaultTarget: RouteTarget;
  /** null for rules that do not look at the path. */
  readonly paths: PathTable | null;
  /** null for rules of other types than AdvancedRouting. */
  readonly advanced: AdvancedRoutingTable | null;
}

/** Compiles where rules lead. A map that several rules share is compiled once, and so is what several maps share. */
export class TargetCompiler {
  readonly #behaviour: Behaviour;
  readonly #shared: SharedParts;
  readonly #paths = new Map<UrlPathMap, PathTable>();
  readonly #advanced = new Map<AdvancedRoutingMap, AdvancedRoutingTable>();

  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
    this.#shared = shareParts(behaviour);
  }

  get problems(): Diagnostic[] {
    return [...this.#advanced.values()].flatMap(({ problems }) => problems);
  }

  compile({ target, urlPathMap, advancedRoutingMap }: RequestRoutingRule): CompiledTargets {
    if (urlPathMap !== null) {
      const paths = this.#paths.get(urlPathMap) ?? new PathTable(urlPathMap, this.#shared);
      this.#paths.set(urlPathMap, paths);
      return { defaultTarget: paths.defaultTarget, paths, advanced: null };
    }
    if (advancedRoutingMap !== null) {
      const advanced =
        this.#advanced.get(advancedRoutingMap) ?? new AdvancedRoutingTable(advancedRoutingMap, this.#behaviour);
      this.#advanced.set(advancedRoutingMap, advanced);
      return { defaultTarget: advanced.defaultTarget, paths: null, advanced };
    }
    return { defaultTarget: target, paths: null, advanced: null };
  }
}

/** Makes equal parts of path maps once. */
function shareParts(behaviour: Behaviour): SharedParts {
  const patterns = new Map<string, PathPatterns>();
  const targets = new Map<string, RouteTarget>();
  const numbers = new Map<object | null, number>();
  return {
    patterns: (list) => once(patterns, JSON.stringify(list), () => new PathPatterns(list, behaviour)),
    target: (target) => once(targets, keyOfTarget(target, numbers), () => target),
  };
}

/** The same for targets that do the same: their parts exist once in a gateway, so a number each tells them apart. */
function keyOfTarget(target: RouteTarget, numbers: Map<object | null, number>): string {
  const numberOf = (part: object | null) => once(numbers, part, () => numbers.size);
  switch (target.kind) {
    case 'none':
      return '';
    case 'redirect':
      return String(numberOf(target.redirectConfiguration));
    case 'backend': {
      const { backendAddressPool, backendHttpSettings, loadDistributionPolicy, rewriteRuleSet } = target;
      return [backendAddressPool, backendHttpSettings, loadDistributionPolicy, rewriteRuleSet].map(numberOf).join();
    }
    default:
      return target satisfies never;
  }
}

function once<K, V>(made: Map<K, V>, key: K, make: () => V): V {
  const existing = made.get(key);
  if (existing !== undefined) return existing;
  const value = make();
  made.set(key, value);
  return value;
}
