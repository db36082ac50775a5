import type { Gateway, SubResource } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

interface Limit {
  readonly collection: string;
  readonly maximum: number;
  readonly ofBasic?: number;
  readonly azureCode?: string;
  readonly items: (gateway: Gateway) => readonly SubResource[];
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits */
const limits: readonly Limit[] = [
  { collection: 'frontendPorts', maximum: 100, items: (gateway) => gateway.frontendPorts },
  {
    collection: 'backendAddressPools',
    maximum: 100,
    ofBasic: 5,
    azureCode: 'ApplicationGatewayBackendAddressPoolLimitReached',
    items: (gateway) => gateway.backendAddressPools,
  },
  {
    collection: 'backendHttpSettingsCollection',
    maximum: 100,
    items: (gateway) => gateway.backendHttpSettingsCollection,
  },
  { collection: 'httpListeners', maximum: 200, ofBasic: 5, items: (gateway) => gateway.httpListeners },
  { collection: 'requestRoutingRules', maximum: 400, ofBasic: 5, items: (gateway) => gateway.requestRoutingRules },
  { collection: 'sslCertificates', maximum: 100, items: (gateway) => gateway.sslCertificates },
  { collection: 'trustedRootCertificates', maximum: 100, items: (gateway) => gateway.trustedRootCertificates },
  { collection: 'authenticationCertificates', maximum: 100, items: (gateway) => gateway.authenticationCertificates },
  { collection: 'trustedClientCertificates', maximum: 200, items: (gateway) => gateway.trustedClientCertificates },
  { collection: 'redirectConfigurations', maximum: 100, items: (gateway) => gateway.redirectConfigurations },
  { collection: 'rewriteRuleSets', maximum: 400, items: (gateway) => gateway.rewriteRuleSets },
];

export const rule = defineRule({
  code: 'AGW5069',
  id: 'limit-exceeded',
  severity: 'error',
  category: 'operations',
  title: 'A gateway has no more objects than Azure allows',
  why: 'Limits cannot be raised in most cases; a gateway beyond them needs to be split.',
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits',
  check({ gateway, report }) {
    const isBasic = gateway.sku.tier.toUpperCase() === 'BASIC';
    for (const limit of limits) {
      const items = limit.items(gateway);
      const maximum = isBasic ? (limit.ofBasic ?? limit.maximum) : limit.maximum;
      const first = items[maximum];
      if (first === undefined) continue;
      const message = `Gateway '${gateway.name}' has ${items.length} '${limit.collection}'; SKU tier '${gateway.sku.tier}' allows ${maximum}.`;
      report(first.origin, message, limit.azureCode === undefined ? {} : { azureCode: limit.azureCode });
    }
    for (const map of gateway.urlPathMaps) {
      const first = map.pathRules[100];
      if (first !== undefined)
        report(first.origin, `Path map '${map.name}' has ${map.pathRules.length} path rules; 100 is the most.`);
    }
    for (const pool of gateway.backendAddressPools) {
      const maximum = isBasic ? 5 : 1200;
      const first = pool.members[maximum];
      if (first !== undefined)
        report(first.origin, `Backend pool '${pool.name}' has ${pool.members.length} members; ${maximum} is the most.`);
    }
  },
});
