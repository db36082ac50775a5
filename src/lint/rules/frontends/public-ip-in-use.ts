import { sameName } from '../../../base/case-insensitive-map.ts';
import { sameId } from '../../../base/resource-id.ts';
import { rawBody } from '../../facts/neighbours.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

/** Where resources keep the configurations that can have a public address. */
const configurationsOfType: Readonly<Record<string, string>> = {
  'Microsoft.Network/applicationGateways': 'frontendIPConfigurations',
  'Microsoft.Network/azureFirewalls': 'ipConfigurations',
  'Microsoft.Network/bastionHosts': 'ipConfigurations',
  'Microsoft.Network/loadBalancers': 'frontendIPConfigurations',
  'Microsoft.Network/networkInterfaces': 'ipConfigurations',
  'Microsoft.Network/virtualNetworkGateways': 'ipConfigurations',
};

export const rule = defineRule({
  code: 'AGW5158',
  id: 'public-ip-in-use',
  severity: 'error',
  category: 'frontends',
  title: 'The public address of a gateway is its own',
  why: 'A public address belongs to one resource. The one that is deployed second is refused.',
  source: 'https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses',
  azureCode: 'PublicIPAddressInUse',
  check(context) {
    const { gateway, raw, report } = context;
    for (const frontend of gateway.frontendIPConfigurations) {
      const id = raw(frontend.origin, 'properties', 'publicIPAddress', 'id');
      const other = id.text === undefined ? undefined : otherUser(context, id.text);
      if (other === undefined) continue;
      const address = id.text?.split('/').at(-1) ?? '';
      report(
        id,
        `Public IP address '${address}' of frontend IP '${frontend.name}' belongs to '${other.name}' too; give each its own.`,
        {
          related: [{ message: `'${other.name}' uses it here.`, place: other.place }],
        },
      );
    }
  },
});

function otherUser({ gateway, graph }: RuleContext, address: string): { name: string; place: Raw } | undefined {
  for (const [type, member] of Object.entries(configurationsOfType)) {
    for (const resource of graph.ofType(type)) {
      if (sameId(resource.id, gateway.id) || sameName(resource.name, gateway.name)) continue;
      const ids = rawBody(resource)
        .at('properties', member)
        .items()
        .map((configuration) => configuration.at('properties', 'publicIPAddress', 'id'));
      const place = ids.find((id) => sameId(id.text ?? '', address));
      if (place !== undefined) return { name: resource.name, place };
    }
  }
  return undefined;
}
