import type { AdvancedRoutingMap, HttpListener, RequestRoutingRule, UrlPathMap } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import type { Entry } from './entries.ts';
import { resolveReference } from './resolve-reference.ts';
import { buildRouteTarget, type RouteTargets } from './route-target.ts';

/** The collections that a rule refers to. */
export interface RuleTargets extends RouteTargets {
  readonly httpListeners: Collection<HttpListener>;
  readonly urlPathMaps: Collection<UrlPathMap>;
  readonly advancedRoutingMaps: Collection<AdvancedRoutingMap>;
}

export function buildRequestRoutingRule(context: BuildContext, entry: Entry, targets: RuleTargets): RequestRoutingRule {
  const { properties } = entry;
  const ruleType = properties.oneOf('ruleType', ['Basic', 'PathBasedRouting', 'AdvancedRouting']) ?? 'Basic';
  // Resolved for every type, so that a reference to nothing is always reported; which one counts, the type decides.
  const target = buildRouteTarget(context, entry, targets, 'rule');
  const urlPathMap = resolveReference(context, entry, 'urlPathMap', targets.urlPathMaps);
  const advancedRoutingMap = resolveReference(context, entry, 'advancedRoutingMap', targets.advancedRoutingMaps);
  return {
    ...entry.common,
    ruleType,
    priority: properties.integer('priority'),
    httpListener: resolveReference(context, entry, 'httpListener', targets.httpListeners),
    target: ruleType === 'Basic' ? target : { kind: 'none' },
    urlPathMap: ruleType === 'PathBasedRouting' ? urlPathMap : null,
    advancedRoutingMap: ruleType === 'AdvancedRouting' ? advancedRoutingMap : null,
  };
}
