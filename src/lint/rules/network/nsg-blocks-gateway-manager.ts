import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { findResource } from '../../facts/neighbours.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
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
    const { gateway, graph, report } = context;
    const found = gatewaySubnet(context);
    const reference = found?.subnet.properties.at('networkSecurityGroup', 'id');
    const group = findResource(graph, reference?.text);
    if (found === undefined || group === undefined) return;
    const [first, last] = gateway.sku.generation === 'v1' ? [65_503, 65_534] : [65_200, 65_535];
    const decisive = inboundRules(context, group, reference?.text ?? '').find(
      (rule) => isFromManager(rule) && opensPorts(rule, first, last),
    );
    if (decisive?.at('properties', 'access').text?.toLowerCase() === 'allow') return;
    const name = group.member('name').text ?? '';
    report(
      decisive ?? group,
      `Network security group '${name}' of subnet '${found.subnet.name}' keeps ports ${first}-${last} closed to Azure; allow them inbound from the service tag 'GatewayManager'.`,
      { related: [{ message: `Gateway '${gateway.name}' stands in that subnet.`, place: found.reference }] },
    );
  },
});

/** The inbound rules of a group, written inside it or as resources of their own, in the order in which they are asked. */
function inboundRules({ graph }: RuleContext, group: Raw, id: string): readonly Raw[] {
  const children = graph.childrenOf(id).flatMap((child) => findResource(graph, child.id) ?? []);
  return [...group.at('properties', 'securityRules').items(), ...children]
    .filter((rule) => rule.at('properties', 'direction').text?.toLowerCase() === 'inbound')
    .sort((a, b) => priorityOf(a) - priorityOf(b));
}

function priorityOf(rule: Raw): number {
  return rule.at('properties', 'priority').integer ?? Number.MAX_SAFE_INTEGER;
}

function isFromManager(rule: Raw): boolean {
  const properties = rule.member('properties');
  const sources = textsOf(properties, 'sourceAddressPrefix', 'sourceAddressPrefixes');
  return sources.some((source) => /^(\*|GatewayManager|Internet|Any|0\.0\.0\.0\/0)$/i.test(source));
}

/** Whether the rule speaks of all these ports over TCP. */
function opensPorts(rule: Raw, first: number, last: number): boolean {
  const properties = rule.member('properties');
  if (/^(udp|icmp|esp|ah)$/i.test(properties.member('protocol').text ?? '')) return false;
  return textsOf(properties, 'destinationPortRange', 'destinationPortRanges').some((range) => {
    if (range === '*') return true;
    const [from = NaN, to = from] = range.split('-').map(Number);
    return from <= first && to >= last;
  });
}

function textsOf(properties: Raw, one: string, several: string): readonly string[] {
  const texts = properties
    .member(several)
    .items()
    .flatMap((item) => item.text ?? []);
  const single = properties.member(one).text;
  return single === undefined ? texts : [single, ...texts];
}
