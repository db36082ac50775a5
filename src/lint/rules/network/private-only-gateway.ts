import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6026',
  id: 'private-only-gateway',
  severity: 'warning',
  category: 'network',
  appliesTo: 'v2',
  title: 'A v2 gateway without a public address is allowed to be so',
  why: 'Azure refuses it unless the subscription has the feature EnableApplicationGatewayNetworkIsolation and the subnet is delegated to Microsoft.Network/applicationGateways.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-private-deployment',
  azureCode: 'ApplicationGatewayFeatureCannotBeEnabledForSelectedSku',
  azureMessage:
    'Application Gateway {gateway} does not support Application Gateway without Public IP for the selected SKU tier {tier}. Supported SKU tiers are {tiers}.',
  check({ gateway, raw, report }) {
    const { frontendIPConfigurations: frontends, sku } = gateway;
    if (frontends.length === 0 || frontends.some(({ visibility }) => visibility === 'public')) return;
    report(
      raw(gateway.origin, 'properties', 'frontendIPConfigurations'),
      `Gateway '${gateway.name}' (${sku.tier}) has no public address; Azure takes that only with the feature EnableApplicationGatewayNetworkIsolation and a delegated subnet.`,
    );
  },
});
