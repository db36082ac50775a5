import type { RequestRoutingRule, RouteTarget } from '../../gateway/model.ts';
import { targetsOfRule } from '../../gateway/targets-of-rule.ts';
import type { RequestRecord } from '../../observability/request-record.ts';
import type { RoutingTable } from '../../routing/compile-routing-table.ts';
import type { Route } from '../../routing/route.ts';

export type CoveredKind =
  | 'listener'
  | 'rule'
  | 'path rule'
  | 'path map default'
  | 'advanced rule'
  | 'advanced map default'
  | 'redirect'
  | 'rewrite rule';

/** A part of the gateway that requests can reach. */
export interface CoverageItem {
  readonly kind: CoveredKind;
  readonly name: string;
  /** How many requests reached it. */
  readonly hits: number;
}

export interface CoverageReport {
  readonly items: readonly CoverageItem[];
  readonly reached: number;
  readonly total: number;
  /** From 0 to 100; 100 when there is nothing to reach. */
  readonly percent: number;
}

/** Keeps count of which parts of a gateway requests reached. */
export class Coverage {
  readonly #hits = new Map<string, number>();

  add(record: RequestRecord): void {
    for (const { kind, name } of partsOf(record)) {
      const key = keyOf(kind, name);
      this.#hits.set(key, (this.#hits.get(key) ?? 0) + 1);
    }
  }

  report(table: RoutingTable): CoverageReport {
    const items = listParts(table).map(({ kind, name }) => ({
      kind,
      name,
      hits: this.#hits.get(keyOf(kind, name)) ?? 0,
    }));
    const reached = items.filter(({ hits }) => hits > 0).length;
    const total = items.length;
    return { items, reached, total, percent: total === 0 ? 100 : Math.floor((reached * 1000) / total) / 10 };
  }
}

type Part = Pick<CoverageItem, 'kind' | 'name'>;

function keyOf(kind: CoveredKind, name: string): string {
  return `${kind}\n${name}`;
}

function partsOf({ route, responseRewrites }: RequestRecord): Part[] {
  if (route === null) return [];
  const { listener, rule, outcome } = route;
  return [
    ...(listener === null ? [] : [part('listener', listener.name)]),
    ...(rule === null ? [] : [part('rule', rule.name)]),
    ...partsOfMap(route),
    ...(outcome.kind === 'redirect' ? [part('redirect', outcome.redirectConfiguration.name)] : []),
    ...[...route.rewrites, ...responseRewrites].map(({ ruleSet, rule: rewrite }) =>
      part('rewrite rule', `${ruleSet.name}/${rewrite.name}`),
    ),
  ];
}

function partsOfMap({ rule, pathRule, advancedRoutingRule }: Route): Part[] {
  const paths = rule?.urlPathMap ?? null;
  const advanced = rule?.advancedRoutingMap ?? null;
  if (paths !== null) {
    return [
      pathRule === null ? part('path map default', paths.name) : part('path rule', `${paths.name}/${pathRule.name}`),
    ];
  }
  if (advanced === null) return [];
  return [
    advancedRoutingRule === null
      ? part('advanced map default', advanced.name)
      : part('advanced rule', `${advanced.name}/${advancedRoutingRule.name}`),
  ];
}

/** Everything that a request could reach; what no rule uses is for `agate lint` to tell. */
function listParts({ entryPoints }: RoutingTable): Part[] {
  const routes = entryPoints.flatMap((entryPoint) => entryPoint.routes);
  const rules = routes.map(({ rule }) => rule);
  return unique([
    ...routes.map(({ listener }) => part('listener', listener.name)),
    ...rules.map(({ name }) => part('rule', name)),
    ...rules.flatMap(partsOfRule),
    ...rules.flatMap(targetsOfRule).flatMap(partsOfTarget),
  ]);
}

function partsOfRule({ urlPathMap: paths, advancedRoutingMap: advanced }: RequestRoutingRule): Part[] {
  if (paths !== null) {
    return [
      ...paths.pathRules.map(({ name }) => part('path rule', `${paths.name}/${name}`)),
      part('path map default', paths.name),
    ];
  }
  if (advanced === null) return [];
  return [
    ...advanced.advancedRoutingRules.map(({ name }) => part('advanced rule', `${advanced.name}/${name}`)),
    part('advanced map default', advanced.name),
  ];
}

function partsOfTarget(target: RouteTarget): Part[] {
  if (target.kind === 'none') return [];
  if (target.kind === 'redirect') return [part('redirect', target.redirectConfiguration.name)];
  const set = target.rewriteRuleSet;
  return set === null ? [] : set.rewriteRules.map(({ name }) => part('rewrite rule', `${set.name}/${name}`));
}

function part(kind: CoveredKind, name: string): Part {
  return { kind, name };
}

function unique(parts: readonly Part[]): Part[] {
  return [...new Map(parts.map((each) => [keyOf(each.kind, each.name), each])).values()];
}
