import type { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import type { SubResource } from '../model.ts';

/**
 * The collections of a gateway, as they are spelled in IDs, and what one of their members is called in messages.
 * https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways
 */
export const collectionLabels = {
  gatewayIPConfigurations: 'gateway IP configuration',
  authenticationCertificates: 'authentication certificate',
  trustedRootCertificates: 'trusted root certificate',
  trustedClientCertificates: 'trusted client certificate',
  sslCertificates: 'SSL certificate',
  frontendIPConfigurations: 'frontend IP configuration',
  frontendPorts: 'frontend port',
  probes: 'probe',
  backendAddressPools: 'backend pool',
  backendHttpSettingsCollection: 'backend HTTP settings',
  backendSettingsCollection: 'backend settings',
  httpListeners: 'listener',
  listeners: 'layer-4 listener',
  sslProfiles: 'SSL profile',
  urlPathMaps: 'URL path map',
  requestRoutingRules: 'rule',
  routingRules: 'layer-4 rule',
  rewriteRuleSets: 'rewrite rule set',
  redirectConfigurations: 'redirect configuration',
  privateLinkConfigurations: 'private link configuration',
  privateEndpointConnections: 'private endpoint connection',
  loadDistributionPolicies: 'load distribution policy',
  entraJWTValidationConfigs: 'Entra JWT validation configuration',
  advancedRoutingMaps: 'advanced routing map',
  advancedRoutingConditionSets: 'advanced routing condition set',
} as const;

export type CollectionName = keyof typeof collectionLabels;

/** The built members of a collection; names are unique. */
export interface Collection<T extends SubResource> {
  readonly name: CollectionName;
  readonly items: readonly T[];
  readonly byName: CaseInsensitiveMap<T>;
  /** By the `id` that a member carries itself, as in answers of Azure; it need not be a resource ID. */
  readonly byWrittenId: CaseInsensitiveMap<T>;
}
