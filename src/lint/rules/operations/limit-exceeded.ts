import type { Gateway, SubResource } from '../../../gateway/model.ts';
import { hasOldEngine, inlineFirewall, policiesOf } from '../../facts/waf-policy.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

interface Limit {
  readonly collection: string;
  readonly maximum: number;
  readonly ofBasic?: number;
  /** With a firewall on the engine of CRS 3.1 and older. */
  readonly withOldFirewall?: number;
  readonly azureCode?: string;
  readonly items: (gateway: Gateway) => readonly SubResource[];
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits */
const limits: readonly Limit[] = [
  { collection: 'frontendPorts', maximum: 100, withOldFirewall: 40, items: (gateway) => gateway.frontendPorts },
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
    withOldFirewall: 40,
    items: (gateway) => gateway.backendHttpSettingsCollection,
  },
  {
    collection: 'httpListeners',
    maximum: 200,
    ofBasic: 5,
    withOldFirewall: 40,
    items: (gateway) => gateway.httpListeners,
  },
  {
    collection: 'requestRoutingRules',
    maximum: 400,
    ofBasic: 5,
    withOldFirewall: 40,
    items: (gateway) => gateway.requestRoutingRules,
  },
  { collection: 'sslCertificates', maximum: 100, withOldFirewall: 40, items: (gateway) => gateway.sslCertificates },
  { collection: 'trustedRootCertificates', maximum: 100, items: (gateway) => gateway.trustedRootCertificates },
  { collection: 'authenticationCertificates', maximum: 100, items: (gateway) => gateway.authenticationCertificates },
  { collection: 'trustedClientCertificates', maximum: 200, items: (gateway) => gateway.trustedClientCertificates },
  {
    collection: 'redirectConfigurations',
    maximum: 100,
    withOldFirewall: 40,
    items: (gateway) => gateway.redirectConfigurations,
  },
  { collection: 'rewriteRuleSets', maximum: 400, items: (gateway) => gateway.rewriteRuleSets },
];

const azureMessage =
  'The number of {collection} exceeds the maximum allowed value. The number of {collection} is {count} and the maximum allowed is {maximum}.';

export const rule = defineRule({
  code: 'AGW5069',
  id: 'limit-exceeded',
  severity: 'error',
  category: 'operations',
  title: 'A gateway has no more objects than Azure allows',
  why: 'Limits cannot be raised in most cases; a gateway beyond them needs to be split.',
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits',
  azureMessage,
  check(context) {
    const { gateway, report } = context;
    const isBasic = gateway.sku.tier.toUpperCase() === 'BASIC';
    for (const limit of limits) {
      const items = limit.items(gateway);
      const maximum = maximumOf(limit, context);
      const first = items[maximum];
      if (first === undefined) continue;
      const message = `Gateway '${gateway.name}' has ${items.length} '${limit.collection}'; SKU tier '${gateway.sku.tier}'${maximum === limit.withOldFirewall ? ' with CRS 3.1 or older' : ''} allows ${maximum}.`;
      report(first.origin, message, {
        ...(limit.azureCode === undefined ? {} : { azureCode: limit.azureCode }),
        azureMessage,
        azureValues: {
          collection: limit.collection.charAt(0).toUpperCase() + limit.collection.slice(1),
          count: String(items.length),
          maximum: String(maximum),
        },
      });
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

function maximumOf({ maximum, ofBasic, withOldFirewall }: Limit, context: RuleContext): number {
  const { tier } = context.gateway.sku;
  if (/^Basic$/i.test(tier)) return ofBasic ?? maximum;
  return withOldFirewall !== undefined && /^WAF/i.test(tier) && isOldFirewall(context) ? withOldFirewall : maximum;
}

function isOldFirewall(context: RuleContext): boolean {
  const inline = inlineFirewall(context)?.member('ruleSetVersion').text ?? '';
  const hasPolicy = context.gateway.firewallPolicyId !== null;
  return policiesOf(context).some(hasOldEngine) || (!hasPolicy && /^(2\.|3\.[01]$)/.test(inline));
}
