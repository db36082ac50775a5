import { parseResourceId } from '../../../base/resource-id.ts';
import { gatewaySubnetReferences } from '../../facts/gateway-subnet.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5012',
  id: 'subnet-of-vpn-gateways',
  severity: 'error',
  category: 'network',
  title: "An application gateway does not stand in 'GatewaySubnet'",
  why: "The name 'GatewaySubnet' is kept for VPN and ExpressRoute gateways.",
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-faq',
  check(context) {
    for (const reference of gatewaySubnetReferences(context)) {
      const name = parseResourceId(reference.text ?? '')?.names.at(-1);
      if (name?.toUpperCase() !== 'GATEWAYSUBNET') continue;
      const message = `Gateway '${context.gateway.name}' stands in '${name}', which belongs to VPN and ExpressRoute gateways; give it a subnet of its own.`;
      context.report(reference, message);
    }
  },
});
