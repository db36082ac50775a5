import { sameId } from '../../../base/resource-id.ts';
import { gatewaySubnetReferences } from '../../facts/gateway-subnet.ts';
import { findSubnet } from '../../facts/neighbours.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5159',
  id: 'private-link-subnet',
  severity: 'error',
  category: 'network',
  appliesTo: 'v2',
  title: 'Private link has a subnet of its own, without policies for private link services',
  why: "Private link takes its addresses from a subnet beside that of the gateway, in which 'privateLinkServiceNetworkPolicies' has to be 'Disabled'; 'Enabled' is the default.",
  source: 'https://learn.microsoft.com/azure/application-gateway/private-link-configure',
  check(context) {
    const { gateway, graph, raw, report } = context;
    const own = gatewaySubnetReferences(context);
    for (const configuration of raw(gateway.origin, 'properties', 'privateLinkConfigurations').items()) {
      const name = configuration.member('name').text ?? '';
      for (const address of configuration.at('properties', 'ipConfigurations').items()) {
        const id = address.at('properties', 'subnet', 'id');
        const subnet = findSubnet(graph, id.text);
        const policies = subnet?.properties.member('privateLinkServiceNetworkPolicies').text?.toLowerCase();
        if (own.some(({ text }) => sameId(text ?? '', id.text ?? ''))) {
          report(
            id,
            `Private link configuration '${name}' uses the subnet of gateway '${gateway.name}'; give it another one.`,
          );
        } else if (subnet !== undefined && policies !== 'disabled') {
          report(
            id,
            `Private link configuration '${name}' uses subnet '${subnet.name}'; set its 'privateLinkServiceNetworkPolicies' to 'Disabled'.`,
            { related: [{ message: `Subnet '${subnet.name}' is here.`, place: subnet.properties }] },
          );
        }
      }
    }
  },
});
