import type { RedirectConfiguration, RequestRoutingRule, RouteTarget } from '../gateway/model.ts';
import type { AdvancedRoutingTable } from './advanced-routing-table.ts';
import type { EntryPoint, ListenerRoute, RoutingTable } from './compile-routing-table.ts';
import type { HostCandidate } from './host-table.ts';
import type { PathTable } from './path-table.ts';
import { shadowOfAdvanced, shadowOfHost, shadowOfPath } from './shadowed-routes.ts';

/** One way through the gateway: a host name of a listener and a path, and where they lead. */
export interface RouteListing {
  readonly listener: string;
  readonly protocol: 'Http' | 'Https';
  readonly frontendIPConfiguration: string;
  readonly port: number;
  /** null for every host name. */
  readonly host: string | null;
  readonly priority: number | null;
  readonly rule: string;
  readonly ruleType: RequestRoutingRule['ruleType'];
  /** null for a path map's default and for rules that do not look at the path. */
  readonly pathRule: string | null;
  /** null for an advanced routing map's default and for rules that do not look at conditions. */
  readonly advancedRoutingRule: string | null;
  /** What has to hold besides; null for nothing. */
  readonly conditions: string | null;
  /** null where the path does not matter. */
  readonly path: string | null;
  readonly pool: string | null;
  readonly loadDistributionPolicy: string | null;
  readonly settings: string | null;
  readonly redirect: { readonly name: string; readonly type: string; readonly target: string | null } | null;
  readonly rewriteRuleSet: string | null;
  /** The route that takes every request this one could take; null for one that can be reached. */
  readonly shadowedBy: string | null;
}

/** Lists every route in the order in which the gateway tries them. */
export function listRoutes(table: RoutingTable): RouteListing[] {
  return table.entryPoints.flatMap((entryPoint) =>
    entryPoint.hostCandidates.flatMap((candidate, index) =>
      listTargets(entryPoint, candidate, shadowOfHost(entryPoint, index)),
    ),
  );
}

function listTargets(
  entryPoint: EntryPoint,
  candidate: HostCandidate<ListenerRoute>,
  hostShadow: string | null,
): RouteListing[] {
  const { listener, rule, paths, advanced, defaultTarget } = candidate.value;
  const common = {
    listener: listener.name,
    protocol: entryPoint.protocol,
    frontendIPConfiguration: entryPoint.frontendIPConfiguration.name,
    port: entryPoint.port,
    host: candidate.pattern,
    priority: rule.priority,
    rule: rule.name,
    ruleType: rule.ruleType,
  };
  const otherwise = { ...nowhereInMap, ...listTarget(defaultTarget), shadowedBy: shadowOfDefault(paths, advanced) };
  return [...listPaths(paths), ...listAdvanced(advanced), otherwise].map((route) => ({
    ...common,
    ...route,
    shadowedBy: hostShadow ?? route.shadowedBy,
  }));
}

type ListedPlace = Pick<RouteListing, 'pathRule' | 'path' | 'advancedRoutingRule' | 'conditions'>;
type ListedRule = ListedPlace & ListedTarget & Pick<RouteListing, 'shadowedBy'>;

const nowhereInMap: ListedPlace = { pathRule: null, path: null, advancedRoutingRule: null, conditions: null };

function listPaths(paths: PathTable | null): ListedRule[] {
  if (paths === null) return [];
  return paths.candidates.map(({ pathRule, pattern, target }, index) => ({
    ...nowhereInMap,
    pathRule: pathRule.name,
    path: pattern,
    ...listTarget(target),
    shadowedBy: shadowOfPath(paths, index),
  }));
}

function listAdvanced(advanced: AdvancedRoutingTable | null): ListedRule[] {
  if (advanced === null) return [];
  return advanced.candidates.map(({ rule, conditions }, index) => ({
    ...nowhereInMap,
    advancedRoutingRule: rule.name,
    conditions: conditions.length === 0 ? null : conditions.map(({ text }) => text).join(' and '),
    ...listTarget(rule.target),
    shadowedBy: shadowOfAdvanced(advanced, index),
  }));
}

function shadowOfDefault(paths: PathTable | null, advanced: AdvancedRoutingTable | null): string | null {
  if (paths !== null) return shadowOfPath(paths, paths.size);
  return advanced === null ? null : shadowOfAdvanced(advanced, advanced.candidates.length);
}

function listRedirect({ name, redirectType, target }: RedirectConfiguration): RouteListing['redirect'] {
  if (target === null) return { name, type: redirectType, target: null };
  return {
    name,
    type: redirectType,
    target: target.kind === 'url' ? target.url : `listener '${target.listener.name}'`,
  };
}

type ListedTarget = Pick<RouteListing, 'pool' | 'loadDistributionPolicy' | 'settings' | 'redirect' | 'rewriteRuleSet'>;

const nowhere: ListedTarget = {
  pool: null,
  loadDistributionPolicy: null,
  settings: null,
  redirect: null,
  rewriteRuleSet: null,
};

function listTarget(target: RouteTarget): ListedTarget {
  switch (target.kind) {
    case 'none':
      return nowhere;
    case 'redirect':
      return { ...nowhere, redirect: listRedirect(target.redirectConfiguration) };
    case 'backend':
      return {
        ...nowhere,
        pool: target.backendAddressPool?.name ?? null,
        loadDistributionPolicy: target.loadDistributionPolicy?.name ?? null,
        settings: target.backendHttpSettings?.name ?? null,
        rewriteRuleSet: target.rewriteRuleSet?.name ?? null,
      };
    default:
      return target satisfies never;
  }
}
