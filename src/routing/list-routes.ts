import type { RedirectConfiguration, RequestRoutingRule, RouteTarget } from '../gateway/model.ts';
import type { EntryPoint, ListenerRoute, RoutingTable } from './compile-routing-table.ts';
import type { HostCandidate } from './host-table.ts';
import type { PathCandidate } from './path-table.ts';
import { shadowOfHost, shadowOfPath } from './shadowed-routes.ts';

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
      listPaths(entryPoint, candidate, shadowOfHost(entryPoint, index)),
    ),
  );
}

function listPaths(
  entryPoint: EntryPoint,
  candidate: HostCandidate<ListenerRoute>,
  hostShadow: string | null,
): RouteListing[] {
  const route = candidate.value;
  const common = {
    listener: route.listener.name,
    protocol: entryPoint.protocol,
    frontendIPConfiguration: entryPoint.frontendIPConfiguration.name,
    port: entryPoint.port,
    host: candidate.pattern,
    priority: route.rule.priority,
    rule: route.rule.name,
    ruleType: route.rule.ruleType,
  };
  const list = (path: PathCandidate | null, target: RouteTarget, index: number): RouteListing => ({
    ...common,
    pathRule: path?.pathRule.name ?? null,
    path: path?.pattern ?? null,
    ...listTarget(target),
    shadowedBy: hostShadow ?? (route.paths === null ? null : shadowOfPath(route.paths, index)),
  });
  const candidates = route.paths?.candidates ?? [];
  return [
    ...candidates.map((path, index) => list(path, path.target, index)),
    list(null, route.defaultTarget, candidates.length),
  ];
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
