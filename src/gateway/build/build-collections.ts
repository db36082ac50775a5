import type { Gateway, SubResource } from '../model.ts';
import { buildAdvancedRoutingConditionSet, buildAdvancedRoutingMap } from './advanced-routing.ts';
import { buildBackendAddressPool } from './backend-address-pools.ts';
import { buildBackendHttpSettings } from './backend-http-settings-collection.ts';
import type { BuildContext } from './build-context.ts';
import {
  buildAuthenticationCertificate,
  buildSslCertificate,
  buildTrustedClientCertificate,
  buildTrustedRootCertificate,
} from './certificates.ts';
import type { Collection, CollectionName } from './collections.ts';
import { buildCollection } from './entries.ts';
import { buildFrontendIPConfiguration } from './frontend-ip-configurations.ts';
import { buildFrontendPort } from './frontend-ports.ts';
import { buildHttpListener, type ListenerTargets } from './http-listeners.ts';
import { findJoinedMembers } from './joined-members.ts';
import { buildLoadDistributionPolicy } from './load-distribution-policies.ts';
import { buildProbe } from './probes.ts';
import { buildRedirectConfiguration } from './redirect-configurations.ts';
import { buildRequestRoutingRule, type RuleTargets } from './request-routing-rules.ts';
import { resolveReference } from './resolve-reference.ts';
import { buildRewriteRuleSet } from './rewrite-rule-sets.ts';
import type { RouteTargets } from './route-target.ts';
import { buildSslProfile } from './ssl-profiles.ts';
import { checkCollection, checkLayer4 } from './unmodelled-collections.ts';
import { buildUrlPathMap } from './url-path-maps.ts';

/** The members of the model that are collections. */
export type Collections = Pick<Gateway, Extract<keyof Gateway, CollectionName>>;

/** Builds the collections in the order of their references: each refers to earlier ones only. */
export function buildCollections(context: BuildContext): Collections {
  const frontend = buildFrontend(context);
  const backend = buildBackend(context);
  checkLayer4(context, { ...frontend, ...backend });
  return { ...itemsOf(frontend), ...itemsOf(backend), ...itemsOf(buildRouting(context, frontend, backend)) };
}

function buildFrontend(context: BuildContext) {
  checkCollection(context, 'gatewayIPConfigurations');
  const privateLinkConfigurations = checkCollection(context, 'privateLinkConfigurations');
  const trustedClientCertificates = buildCollection(
    context,
    'trustedClientCertificates',
    buildTrustedClientCertificate,
  );
  return {
    frontendIPConfigurations: buildCollection(context, 'frontendIPConfigurations', (entry) => {
      resolveReference(context, entry, 'privateLinkConfiguration', privateLinkConfigurations);
      return buildFrontendIPConfiguration(context, entry);
    }),
    frontendPorts: buildCollection(context, 'frontendPorts', buildFrontendPort),
    sslCertificates: buildCollection(context, 'sslCertificates', buildSslCertificate),
    trustedClientCertificates,
    sslProfiles: buildCollection(context, 'sslProfiles', (entry) =>
      buildSslProfile(context, entry, trustedClientCertificates),
    ),
  };
}

function buildBackend(context: BuildContext) {
  const joinedMembers = findJoinedMembers(context);
  const backendAddressPools = buildCollection(context, 'backendAddressPools', (entry) =>
    buildBackendAddressPool(entry, joinedMembers),
  );
  const settingsTargets = {
    probes: buildCollection(context, 'probes', buildProbe),
    authenticationCertificates: buildCollection(context, 'authenticationCertificates', buildAuthenticationCertificate),
    trustedRootCertificates: buildCollection(context, 'trustedRootCertificates', buildTrustedRootCertificate),
  };
  return {
    ...settingsTargets,
    backendAddressPools,
    backendHttpSettingsCollection: buildCollection(context, 'backendHttpSettingsCollection', (entry) =>
      buildBackendHttpSettings(context, entry, settingsTargets),
    ),
    loadDistributionPolicies: buildCollection(context, 'loadDistributionPolicies', (entry) =>
      buildLoadDistributionPolicy(context, entry, backendAddressPools),
    ),
  };
}

type BackendTargets = Pick<
  RuleTargets,
  'backendAddressPools' | 'backendHttpSettingsCollection' | 'loadDistributionPolicies'
>;

function buildRouting(context: BuildContext, frontend: ListenerTargets, backend: BackendTargets) {
  const httpListeners = buildCollection(context, 'httpListeners', (entry) =>
    buildHttpListener(context, entry, frontend),
  );
  const redirectConfigurations = buildCollection(context, 'redirectConfigurations', (entry) =>
    buildRedirectConfiguration(context, entry, httpListeners),
  );
  const rewriteRuleSets = buildCollection(context, 'rewriteRuleSets', buildRewriteRuleSet);
  const targets = { ...backend, redirectConfigurations, rewriteRuleSets };
  const urlPathMaps = buildCollection(context, 'urlPathMaps', (entry) => buildUrlPathMap(context, entry, targets));
  const advancedRouting = buildAdvancedRouting(context, targets);
  const tokenValidations = checkCollection(context, 'entraJWTValidationConfigs');
  const requestRoutingRules = buildCollection(context, 'requestRoutingRules', (entry) => {
    resolveReference(context, entry, 'entraJWTValidationConfig', tokenValidations);
    return buildRequestRoutingRule(context, entry, { ...targets, ...advancedRouting, httpListeners, urlPathMaps });
  });
  return {
    httpListeners,
    redirectConfigurations,
    rewriteRuleSets,
    urlPathMaps,
    ...advancedRouting,
    requestRoutingRules,
  };
}

function buildAdvancedRouting(context: BuildContext, targets: RouteTargets) {
  const advancedRoutingConditionSets = buildCollection(
    context,
    'advancedRoutingConditionSets',
    buildAdvancedRoutingConditionSet,
  );
  const advancedRoutingMaps = buildCollection(context, 'advancedRoutingMaps', (entry) =>
    buildAdvancedRoutingMap(context, entry, { ...targets, advancedRoutingConditionSets }),
  );
  return { advancedRoutingConditionSets, advancedRoutingMaps };
}

type ItemsOf<T> = { [K in keyof T]: T[K] extends Collection<infer Item> ? readonly Item[] : never };

/** The plain arrays of some collections. */
function itemsOf<T extends Record<string, Collection<SubResource>>>(collections: T): ItemsOf<T> {
  const items = Object.entries(collections).map(([name, collection]) => [name, collection.items] as const);
  return Object.fromEntries(items) as ItemsOf<T>;
}
