import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { isPrivateOnly } from '../../facts/private-only.ts';
import { delegationsOf } from '../../facts/subnet-delegations.ts';
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
  check(context) {
    const { gateway, raw, report } = context;
    const found = gatewaySubnet(context);
    // A subnet that is not delegated is refused whatever the subscription has, which another rule says.
    if (!isPrivateOnly(gateway) || (found !== undefined && delegationsOf(found.subnet).length === 0)) return;
    report(
      raw(gateway.origin, 'properties', 'frontendIPConfigurations'),
      `Gateway '${gateway.name}' (${gateway.sku.tier}) has no public address; Azure takes that only with the feature EnableApplicationGatewayNetworkIsolation and a delegated subnet.`,
      { azureValues: { tiers: 'Standard,WAF' } },
    );
  },
});
