import type { Origin } from '../../../gateway/model.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

type Group = 'v1' | 'v2' | 'Basic';

interface Feature {
  readonly name: string;
  readonly notIn: readonly Group[];
  /** What Azure calls it in its message, with the tiers that have it, where somebody has seen it. */
  readonly azureValues?: { readonly feature: string; readonly tiers: string };
  /** What to do instead, where there is something. */
  readonly instead?: string;
  /** Where the gateway uses it. */
  readonly uses: (context: RuleContext) => readonly Origin[];
}

/**
 * https://learn.microsoft.com/azure/application-gateway/overview-v2#feature-comparison-between-v1-sku-and-v2-sku
 * The WAF has rules of its own, as Azure has codes of its own for it.
 */
const features: readonly Feature[] = [
  {
    name: 'authenticationCertificates',
    azureValues: { feature: 'AuthenticationCertificates', tiers: 'Standard,WAF' },
    notIn: ['v2', 'Basic'],
    instead: "v2 trusts the issuer instead: use 'trustedRootCertificates'",
    uses: ({ gateway }) => gateway.authenticationCertificates.slice(0, 1).map((item) => item.origin),
  },
  {
    name: 'trustedRootCertificates',
    notIn: ['v1'],
    instead: "v1 lists the servers' own certificates: use 'authenticationCertificates'",
    uses: ({ gateway }) => gateway.trustedRootCertificates.slice(0, 1).map((item) => item.origin),
  },
  {
    name: 'rewriteRuleSets',
    notIn: ['v1'],
    uses: ({ gateway }) => gateway.rewriteRuleSets.slice(0, 1).map((item) => item.origin),
  },
  {
    name: 'URL rewrite (urlConfiguration)',
    notIn: ['Basic'],
    uses: ({ gateway }) =>
      gateway.rewriteRuleSets.flatMap((set) => set.rewriteRules.flatMap((rule) => rule.url?.origin ?? [])),
  },
  {
    name: 'hostNames',
    notIn: ['v1'],
    instead: "v1 takes one name a listener: use 'hostName'",
    uses: ({ gateway, raw }) =>
      gateway.httpListeners
        .map((listener) => raw(listener.origin, 'properties', 'hostNames'))
        .filter((hostNames) => hostNames.items().length > 0),
  },
  {
    name: 'priority of request routing rules',
    notIn: ['v1'],
    instead: 'v1 goes by the order of the rules',
    uses: ({ gateway, raw }) =>
      gateway.requestRoutingRules
        .filter((rule) => rule.priority !== null)
        .slice(0, 1)
        .map((rule) => raw(rule.origin, 'properties', 'priority')),
  },
  {
    name: 'keyVaultSecretId',
    notIn: ['v1'],
    instead: "v1 takes certificates as 'data' and 'password' only",
    uses: ({ gateway, raw }) =>
      gateway.sslCertificates
        .map((certificate) => raw(certificate.origin, 'properties', 'keyVaultSecretId'))
        .filter((secret) => secret.isGiven),
  },
  { name: 'globalConfiguration', notIn: ['v1'], uses: property('globalConfiguration') },
  {
    name: 'dedicatedBackendConnection',
    notIn: ['Basic'],
    uses: ({ gateway, raw }) =>
      gateway.backendHttpSettingsCollection
        .map((settings) => raw(settings.origin, 'properties', 'dedicatedBackendConnection'))
        .filter((isDedicated) => isDedicated.boolean === true),
  },
  { name: 'autoscaleConfiguration', notIn: ['v1', 'Basic'], uses: property('autoscaleConfiguration') },
  {
    name: 'availability zones',
    notIn: ['v1'],
    uses: ({ gateway, raw }) => (gateway.zones.length > 0 ? [raw(gateway.origin, 'zones')] : []),
  },
  { name: 'sslProfiles (mutual TLS)', notIn: ['v1', 'Basic'], uses: items('sslProfiles') },
  { name: 'trustedClientCertificates', notIn: ['v1', 'Basic'], uses: items('trustedClientCertificates') },
  { name: 'privateLinkConfigurations', notIn: ['v1', 'Basic'], uses: items('privateLinkConfigurations') },
  { name: 'TCP and TLS listeners', notIn: ['v1', 'Basic'], uses: items('listeners') },
  { name: 'advancedRoutingMaps', notIn: ['v1', 'Basic'], uses: items('advancedRoutingMaps') },
  { name: 'entraJWTValidationConfigs', notIn: ['v1', 'Basic'], uses: items('entraJWTValidationConfigs') },
  {
    name: 'port of a probe',
    notIn: ['v1'],
    instead: 'v1 probes the port of the backend settings',
    uses: ({ gateway, raw }) =>
      gateway.probes.filter((probe) => probe.port !== null).map((probe) => raw(probe.origin, 'properties', 'port')),
  },
];

export const rule = defineRule({
  code: 'AGW5006',
  id: 'feature-not-in-sku',
  severity: 'error',
  category: 'sku',
  title: 'A gateway uses only what its SKU has',
  why: 'The SKUs differ in what they can do, and Azure refuses what the chosen one cannot.',
  source: 'https://learn.microsoft.com/azure/application-gateway/overview-v2',
  azureCode: 'ApplicationGatewayFeatureCannotBeEnabledForSelectedSku',
  azureMessage:
    'Application Gateway {gateway} does not support {feature} for the selected SKU tier {tier}. Supported SKU tiers are {tiers}.',
  check(context) {
    const { sku } = context.gateway;
    const group = groupOf(sku);
    if (group === undefined) return;
    for (const feature of features.filter(({ notIn }) => notIn.includes(group))) {
      for (const place of feature.uses(context)) {
        const instead = feature.instead === undefined ? '.' : `; ${feature.instead}.`;
        context.report(place, `SKU tier '${sku.tier}' does not have ${feature.name}${instead}`, {
          azureValues: { ...feature.azureValues },
        });
      }
    }
  },
});

function groupOf(sku: RuleContext['gateway']['sku']): Group | undefined {
  if (/^(Standard|WAF)$/i.test(sku.tier)) return 'v1';
  // A name of one generation with a tier of the other is refused for that.
  if (sku.generation === 'v1') return undefined;
  if (/_v2$/i.test(sku.tier)) return 'v2';
  return /^Basic$/i.test(sku.tier) ? 'Basic' : undefined;
}

function property(name: string): Feature['uses'] {
  return ({ gateway, raw }) => {
    const found = raw(gateway.origin, 'properties', name);
    return found.isGiven ? [found] : [];
  };
}

function items(collection: string): Feature['uses'] {
  return ({ gateway, raw }) => raw(gateway.origin, 'properties', collection).items().slice(0, 1);
}
