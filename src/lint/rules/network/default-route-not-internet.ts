import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { findResource, rawBody } from '../../facts/neighbours.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5015',
  id: 'default-route-not-internet',
  severity: 'error',
  category: 'network',
  appliesTo: 'v2',
  title: "The default route of a public v2 gateway's subnet leads to the internet",
  why: 'A v2 gateway with a public address must reach Azure directly; Azure refuses a route of 0.0.0.0/0 to anywhere else.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#supported-user-defined-routes',
  azureCode: 'ApplicationGatewaySubnetUserDefinedRouteNotAllowed',
  azureMessage:
    "For routes associated to subnet containing Application Gateway V2, please ensure '0.0.0.0/0' uses NextHopType as 'Internet'.",
  check(context) {
    const { gateway, report } = context;
    if (!gateway.frontendIPConfigurations.some((ip) => ip.visibility === 'public')) return;
    const found = gatewaySubnet(context);
    const table = found?.subnet.properties.at('routeTable', 'id').text;
    for (const route of routesOf(context, table)) {
      const nextHop = route.at('properties', 'nextHopType');
      if (route.at('properties', 'addressPrefix').text !== '0.0.0.0/0') continue;
      if (nextHop.text === undefined || nextHop.text.toLowerCase() === 'internet') continue;
      report(
        nextHop,
        `The default route of subnet '${found?.subnet.name}' has the next hop type '${nextHop.text}'; the subnet of gateway '${gateway.name}' needs 'Internet'.`,
      );
    }
  },
});

function routesOf({ graph }: RuleContext, tableId: string | undefined) {
  const table = findResource(graph, tableId);
  if (table === undefined || tableId === undefined) return [];
  return [...table.at('properties', 'routes').items(), ...graph.childrenOf(tableId).map(rawBody)];
}
