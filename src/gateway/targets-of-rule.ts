import type { RequestRoutingRule, RouteTarget } from './model.ts';

/** Everything that a rule can send requests to: its own target, or those of its map. */
export function targetsOfRule({ target, urlPathMap, advancedRoutingMap }: RequestRoutingRule): RouteTarget[] {
  return [
    target,
    ...(urlPathMap === null ? [] : [urlPathMap.defaultTarget, ...urlPathMap.pathRules.map(targetOf)]),
    ...(advancedRoutingMap === null
      ? []
      : [advancedRoutingMap.defaultTarget, ...advancedRoutingMap.advancedRoutingRules.map(targetOf)]),
  ];
}

function targetOf({ target }: { readonly target: RouteTarget }): RouteTarget {
  return target;
}
