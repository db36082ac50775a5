import { sameId } from '../../../base/resource-id.ts';
import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { quotedList } from '../../facts/names.ts';
import { rawBody } from '../../facts/neighbours.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

/** Where resources of other types say which subnet they stand in. */
const subnetsOfType: Readonly<Record<string, (body: Raw) => readonly Raw[]>> = {
  'Microsoft.Network/networkInterfaces': (body) => subnetsOf(body.at('properties', 'ipConfigurations')),
  'Microsoft.Network/privateEndpoints': (body) => [body.at('properties', 'subnet', 'id')],
  'Microsoft.Network/loadBalancers': (body) => subnetsOf(body.at('properties', 'frontendIPConfigurations')),
  'Microsoft.Network/azureFirewalls': (body) => subnetsOf(body.at('properties', 'ipConfigurations')),
  'Microsoft.Network/bastionHosts': (body) => subnetsOf(body.at('properties', 'ipConfigurations')),
};

export const rule = defineRule({
  code: 'AGW5013',
  id: 'subnet-shared',
  severity: 'error',
  category: 'network',
  title: 'The subnet of a gateway holds only application gateways',
  why: 'Azure refuses a gateway in a subnet with other resources, and other resources in the subnet of a gateway.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#virtual-network-and-dedicated-subnet',
  azureCode: 'ApplicationGatewaySubnetCannotHaveOtherResources',
  azureMessage:
    'Subnet {subnet} cannot be used for application gateway {gateway} since it has other resources deployed. Subnet used for application gateway can only have other application gateways.',
  check(context) {
    const found = gatewaySubnet(context);
    if (found === undefined) return;
    const others = neighboursIn(context, found.subnet.id);
    if (others.length === 0) return;
    const names = quotedList(others.map(({ name }) => name));
    context.report(
      found.reference,
      `Subnet '${found.subnet.name}' of gateway '${context.gateway.name}' also holds ${names}.`,
      {
        related: others.map(({ name, place }) => ({ message: `'${name}' stands in the same subnet.`, place })),
      },
    );
  },
});

function neighboursIn({ graph }: RuleContext, subnetId: string): { name: string; place: Raw }[] {
  return Object.entries(subnetsOfType).flatMap(([type, subnets]) =>
    graph.ofType(type).flatMap((resource) => {
      const place = subnets(rawBody(resource)).find((id) => sameId(id.text ?? '', subnetId));
      return place === undefined ? [] : [{ name: resource.name, place }];
    }),
  );
}

function subnetsOf(configurations: Raw): readonly Raw[] {
  return configurations.items().map((configuration) => configuration.at('properties', 'subnet', 'id'));
}
