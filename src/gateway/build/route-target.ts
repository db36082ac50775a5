import type {
  BackendAddressPool,
  BackendHttpSettings,
  LoadDistributionPolicy,
  RedirectConfiguration,
  RewriteRuleSet,
  RouteTarget,
} from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import type { Entry } from './entries.ts';
import { resolveReference } from './resolve-reference.ts';

/** The collections to which rules and path maps send requests. */
export interface RouteTargets {
  readonly backendAddressPools: Collection<BackendAddressPool>;
  readonly backendHttpSettingsCollection: Collection<BackendHttpSettings>;
  readonly redirectConfigurations: Collection<RedirectConfiguration>;
  readonly rewriteRuleSets: Collection<RewriteRuleSet>;
  readonly loadDistributionPolicies: Collection<LoadDistributionPolicy>;
}

/** The properties that say where to, as a rule and a path rule spell them and as a path map spells its default. */
const ruleKeys = {
  pool: 'backendAddressPool',
  settings: 'backendHttpSettings',
  redirect: 'redirectConfiguration',
  rewrite: 'rewriteRuleSet',
  policy: 'loadDistributionPolicy',
} as const;

const defaultKeys = {
  pool: 'defaultBackendAddressPool',
  settings: 'defaultBackendHttpSettings',
  redirect: 'defaultRedirectConfiguration',
  rewrite: 'defaultRewriteRuleSet',
  policy: 'defaultLoadDistributionPolicy',
} as const;

/** A redirect comes before a backend; Azure refuses to have both. */
export function buildRouteTarget(
  context: BuildContext,
  entry: Entry,
  targets: RouteTargets,
  spelling: 'rule' | 'default',
): RouteTarget {
  const keys = spelling === 'rule' ? ruleKeys : defaultKeys;
  const redirectConfiguration = resolveReference(context, entry, keys.redirect, targets.redirectConfigurations);
  const backend = {
    kind: 'backend',
    backendAddressPool: resolveReference(context, entry, keys.pool, targets.backendAddressPools),
    backendHttpSettings: resolveReference(context, entry, keys.settings, targets.backendHttpSettingsCollection),
    loadDistributionPolicy: resolveReference(context, entry, keys.policy, targets.loadDistributionPolicies),
    rewriteRuleSet: resolveReference(context, entry, keys.rewrite, targets.rewriteRuleSets),
  } as const;
  if (redirectConfiguration !== null) return { kind: 'redirect', redirectConfiguration };
  const isBackend = [keys.pool, keys.settings, keys.policy].some((key) => entry.properties.has(key));
  return isBackend && !entry.properties.has(keys.redirect) ? backend : { kind: 'none' };
}
