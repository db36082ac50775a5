import type { PathRule, UrlPathMap } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import { type Entry, readEntries } from './entries.ts';
import { buildRouteTarget, type RouteTargets } from './route-target.ts';

export function buildUrlPathMap(context: BuildContext, entry: Entry, targets: RouteTargets): UrlPathMap {
  const rules = readEntries(context, entry.properties, {
    key: 'pathRules',
    label: 'path rule',
    ownerId: entry.common.id,
  });
  return {
    ...entry.common,
    defaultTarget: buildRouteTarget(context, entry, targets, 'default'),
    pathRules: rules.map((rule) => buildPathRule(context, rule, targets)),
  };
}

function buildPathRule(context: BuildContext, entry: Entry, targets: RouteTargets): PathRule {
  return {
    ...entry.common,
    paths: entry.properties.strings('paths'),
    target: buildRouteTarget(context, entry, targets, 'rule'),
    firewallPolicyId: entry.properties.object('firewallPolicy').text('id'),
  };
}
