import type {
  AdvancedRoutingMap,
  AdvancedRoutingRule,
  Gateway,
  PathRule,
  RequestRoutingRule,
  RouteTarget,
  UrlPathMap,
} from '../../gateway/model.ts';

/** Somewhere in a gateway that says where requests go. */
export type TargetOwner =
  | { readonly kind: 'rule'; readonly owner: RequestRoutingRule; readonly target: RouteTarget }
  | { readonly kind: 'default'; readonly owner: UrlPathMap; readonly target: RouteTarget }
  | { readonly kind: 'pathRule'; readonly owner: PathRule; readonly map: UrlPathMap; readonly target: RouteTarget }
  | { readonly kind: 'advancedDefault'; readonly owner: AdvancedRoutingMap; readonly target: RouteTarget }
  | {
      readonly kind: 'advancedRule';
      readonly owner: AdvancedRoutingRule;
      readonly map: AdvancedRoutingMap;
      readonly target: RouteTarget;
    };

/** Every target of a gateway: of Basic rules, of maps' defaults and of the rules of maps. */
export function targetsOf(gateway: Gateway): readonly TargetOwner[] {
  const ofRules = gateway.requestRoutingRules
    .filter((rule) => rule.ruleType === 'Basic')
    .map((rule) => ({ kind: 'rule', owner: rule, target: rule.target }) as const);
  return [
    ...ofRules,
    ...gateway.urlPathMaps.flatMap(targetsOfMap),
    ...gateway.advancedRoutingMaps.flatMap(targetsOfAdvancedMap),
  ];
}

/** The targets that one rule can send a request to. */
export function targetsOfRule(rule: RequestRoutingRule): readonly TargetOwner[] {
  switch (rule.ruleType) {
    case 'Basic':
      return [{ kind: 'rule', owner: rule, target: rule.target }];
    case 'PathBasedRouting':
      return rule.urlPathMap === null ? [] : targetsOfMap(rule.urlPathMap);
    case 'AdvancedRouting':
      return rule.advancedRoutingMap === null ? [] : targetsOfAdvancedMap(rule.advancedRoutingMap);
  }
}

/** A path map's default and then its path rules. */
export function targetsOfMap(map: UrlPathMap): readonly TargetOwner[] {
  return [
    { kind: 'default', owner: map, target: map.defaultTarget },
    ...map.pathRules.map((owner) => ({ kind: 'pathRule', owner, map, target: owner.target }) as const),
  ];
}

function targetsOfAdvancedMap(map: AdvancedRoutingMap): readonly TargetOwner[] {
  return [
    { kind: 'advancedDefault', owner: map, target: map.defaultTarget },
    ...map.advancedRoutingRules.map((owner) => ({ kind: 'advancedRule', owner, map, target: owner.target }) as const),
  ];
}

export type BackendTarget = TargetOwner & { readonly target: { readonly kind: 'backend' } };

/** The same object only once, under its first owner. */
export function backendTargetsOf(gateway: Gateway): readonly BackendTarget[] {
  return targetsOf(gateway).filter(isBackendTarget);
}

/** Those that a rule leads to: maps that no rule uses are sent nothing. */
export function servedBackendTargetsOf(gateway: Gateway): readonly BackendTarget[] {
  return gateway.requestRoutingRules.flatMap(targetsOfRule).filter(isBackendTarget);
}

function isBackendTarget(owner: TargetOwner): owner is BackendTarget {
  return owner.target.kind === 'backend';
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
    case 'advancedDefault':
      return `The default of advanced routing map '${owner.owner.name}'`;
    case 'advancedRule':
      return `Advanced rule '${owner.owner.name}' of map '${owner.map.name}'`;
  }
}

const ofRule = {
  pool: 'backendAddressPool',
  settings: 'backendHttpSettings',
  redirect: 'redirectConfiguration',
  rewrite: 'rewriteRuleSet',
  policy: 'loadDistributionPolicy',
} as const;

const ofDefault = {
  pool: 'defaultBackendAddressPool',
  settings: 'defaultBackendHttpSettings',
  redirect: 'defaultRedirectConfiguration',
  rewrite: 'defaultRewriteRuleSet',
  policy: 'defaultLoadDistributionPolicy',
} as const;

/** How each kind of owner spells the members that make its target. */
export const targetMembers = {
  rule: ofRule,
  pathRule: ofRule,
  advancedRule: ofRule,
  default: ofDefault,
  advancedDefault: ofDefault,
} as const satisfies Record<TargetOwner['kind'], typeof ofRule | typeof ofDefault>;
