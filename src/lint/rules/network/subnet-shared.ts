import { sameName } from '../../../base/case-insensitive-map.ts';
import { sameId } from '../../../base/resource-id.ts';
import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { quotedList } from '../../facts/names.ts';
import { type KnownSubnet, rawBody } from '../../facts/neighbours.ts';
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
  'Microsoft.Network/virtualNetworkGateways': (body) => subnetsOf(body.at('properties', 'ipConfigurations')),
  'Microsoft.Compute/virtualMachineScaleSets': scaleSetSubnets,
  'Microsoft.ContainerService/managedClusters': (body) =>
    body
      .at('properties', 'agentPoolProfiles')
      .items()
      .map((pool) => pool.member('vnetSubnetID')),
  'Microsoft.Web/sites': (body) => [body.at('properties', 'virtualNetworkSubnetId')],
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
    reportOtherGeneration(context, found);
    if (others.length === 0) return;
    const names = quotedList(others.map(({ name }) => name));
    context.report(
      found.reference,
      `Subnet '${found.subnet.name}' of gateway '${context.gateway.name}' also holds ${names}.`,
      {
        azureValues: { subnet: found.subnet.id },
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

function scaleSetSubnets(body: Raw): readonly Raw[] {
  return body
    .at('properties', 'virtualMachineProfile', 'networkProfile', 'networkInterfaceConfigurations')
    .items()
    .flatMap((networkInterface) => subnetsOf(networkInterface.at('properties', 'ipConfigurations')));
}

/** Gateways can share a subnet, but not v1 with v2; told at the later one. */
function reportOtherGeneration(context: RuleContext, found: { subnet: KnownSubnet; reference: Raw }): void {
  const { gateway, graph, report } = context;
  const earlier = graph.ofType('Microsoft.Network/applicationGateways').map(rawBody);
  const own = earlier.findIndex((body) => sameName(body.member('name').text ?? '', gateway.name));
  const other = earlier.slice(0, Math.max(own, 0)).find((body) => {
    const [configuration] = body.at('properties', 'gatewayIPConfigurations').items();
    const isThere = sameId(configuration?.at('properties', 'subnet', 'id').text ?? '', found.subnet.id);
    return isThere && generationOf(body) !== undefined && generationOf(body) !== gateway.sku.generation;
  });
  if (other === undefined) return;
  const name = other.member('name').text ?? '';
  report(
    found.reference,
    `Subnet '${found.subnet.name}' has v1 and v2 gateways: '${name}' and '${gateway.name}'; give each generation its own.`,
    { related: [{ message: `'${name}' stands in the same subnet.`, place: other }] },
  );
}

function generationOf(gateway: Raw): 'v1' | 'v2' | undefined {
  const tier = gateway.at('properties', 'sku', 'tier').text;
  if (tier === undefined) return undefined;
  return /^(Standard|WAF)$/i.test(tier) ? 'v1' : 'v2';
}
