import type { Gateway, PathRule, RequestRoutingRule, RouteTarget, UrlPathMap } from '../../gateway/model.ts';

/** Somewhere in a gateway that says where requests go. */
export type TargetOwner =
  | { readonly kind: 'rule'; readonly owner: RequestRoutingRule; readonly target: RouteTarget }
  | { readonly kind: 'default'; readonly owner: UrlPathMap; readonly target: RouteTarget }
  | { readonly kind: 'pathRule'; readonly owner: PathRule; readonly map: UrlPathMap; readonly target: RouteTarget };

/** Every target of a gateway: of Basic rules, of path maps' defaults and of path rules. */
export function targetsOf(gateway: Gateway): readonly TargetOwner[] {
  const ofRules = gateway.requestRoutingRules
    .filter((rule) => rule.ruleType === 'Basic')
    .map((rule) => ({ kind: 'rule', owner: rule, target: rule.target }) as const);
  return [...ofRules, ...gateway.urlPathMaps.flatMap(targetsOfMap)];
}

/** The targets that one rule can send a request to. */
export function targetsOfRule(rule: RequestRoutingRule): readonly TargetOwner[] {
  if (rule.ruleType === 'Basic') return [{ kind: 'rule', owner: rule, target: rule.target }];
  return rule.urlPathMap === null ? [] : targetsOfMap(rule.urlPathMap);
}

/** A path map's default and then its path rules. */
export function targetsOfMap(map: UrlPathMap): readonly TargetOwner[] {
  return [
    { kind: 'default', owner: map, target: map.defaultTarget },
    ...map.pathRules.map((owner) => ({ kind: 'pathRule', owner, map, target: owner.target }) as const),
  ];
}

/** The same object only once, under its first owner. */
export function backendTargetsOf(gateway: Gateway): readonly (TargetOwner & { target: { kind: 'backend' } })[] {
  return targetsOf(gateway).filter(
    (owner): owner is TargetOwner & { target: { kind: 'backend' } } => owner.target.kind === 'backend',
  );
}

/** `Rule 'web'`, `Path rule 'api' of path map 'paths'`, `The default of path map 'paths'`. */
export function describeOwner(owner: TargetOwner): string {
  switch (owner.kind) {
    case 'rule':
      return `Rule '${owner.owner.name}'`;
    case 'default':
      return `The default of path map '${owner.owner.name}'`;
    case 'pathRule':
      return `Path rule '${owner.owner.name}' of path map '${owner.map.name}'`;
  }
}

/** How the three kinds of owner spell the members that make their target. */
export const targetMembers = {
  rule: member('backendAddressPool', 'backendHttpSettings', 'redirectConfiguration', 'rewriteRuleSet'),
  pathRule: member('backendAddressPool', 'backendHttpSettings', 'redirectConfiguration', 'rewriteRuleSet'),
  default: member(
    'defaultBackendAddressPool',
    'defaultBackendHttpSettings',
    'defaultRedirectConfiguration',
    'defaultRewriteRuleSet',
  ),
} as const;

function member(pool: string, settings: string, redirect: string, rewrite: string) {
  return { pool, settings, redirect, rewrite };
}
