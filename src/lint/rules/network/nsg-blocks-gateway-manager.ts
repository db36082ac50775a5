import { allows, coversPorts, isFrom, networkSecurity } from '../../facts/network-security.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5014',
  id: 'nsg-blocks-gateway-manager',
  severity: 'error',
  category: 'network',
  title: "The subnet's network security group lets Azure manage the gateway",
  why: 'Azure reaches the instances on ports 65200-65535 (v1: 65503-65534) and refuses a gateway whose subnet keeps them closed.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups',
  azureCode: 'ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup',
  azureMessage:
    'Network security group {nsg} blocks incoming internet traffic on ports 65200 - 65535 to subnet {subnet}, associated with Application Gateway {gateway}. This is not permitted for Application Gateways that have V2 Sku.',
  check(context) {
    const { gateway, report } = context;
    const security = networkSecurity(context);
    if (security === undefined) return;
    const [first, last] = gateway.sku.generation === 'v1' ? [65_503, 65_534] : [65_200, 65_535];
    const decisive = security.inbound.find(
      (rule) => (isFrom(rule, 'GatewayManager') || isFrom(rule, 'Internet')) && coversPorts(rule, first, last),
    );
    if (allows(decisive)) return;
    report(
      decisive ?? security.group,
      `Network security group '${security.name}' of subnet '${security.subnet.name}' keeps ports ${first}-${last} closed to Azure; allow them inbound from the service tag 'GatewayManager'.`,
      {
        azureValues: {
          nsg: security.subnet.properties.at('networkSecurityGroup', 'id').text ?? '',
          subnet: security.subnet.id,
        },
        related: [{ message: `Gateway '${gateway.name}' stands in that subnet.`, place: security.reference }],
      },
    );
  },
});
