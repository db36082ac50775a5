import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';
import { gatewaySubnet } from './gateway-subnet.ts';
import type { KnownSubnet } from './neighbours.ts';
import { findResource } from './neighbours.ts';

/** The network security group of the gateway's subnet, where the template declares both. */
export interface KnownSecurity {
  readonly subnet: KnownSubnet;
  /** Where the gateway names its subnet. */
  readonly reference: Raw;
  readonly group: Raw;
  readonly name: string;
  /** Written inside the group or as resources of their own, in the order in which they are asked. */
  readonly inbound: readonly Raw[];
}

export function networkSecurity(context: RuleContext): KnownSecurity | undefined {
  const found = gatewaySubnet(context);
  const id = found?.subnet.properties.at('networkSecurityGroup', 'id').text;
  const group = findResource(context.graph, id);
  if (found === undefined || group === undefined || id === undefined) return undefined;
  const rules = group.at('properties', 'securityRules');
  const inbound = inboundRules(context, rules, id);
  // One rule that nobody told may open, close or cover what any other one says.
  if (rules.isUncertain || [...rules.items(), ...inbound].some((rule) => rule.member('properties').holdsUncertain)) {
    return undefined;
  }
  return { ...found, group, name: group.member('name').text ?? '', inbound };
}

function inboundRules({ graph }: RuleContext, rules: Raw, groupId: string): readonly Raw[] {
  const children = graph.childrenOf(groupId).flatMap((child) => findResource(graph, child.id) ?? []);
  return [...rules.items(), ...children]
    .filter((rule) => rule.at('properties', 'direction').text?.toLowerCase() === 'inbound')
    .sort((a, b) => priorityOf(a) - priorityOf(b));
}

function priorityOf(rule: Raw): number {
  return rule.at('properties', 'priority').integer ?? Number.MAX_SAFE_INTEGER;
}

export function allows(rule: Raw | undefined): boolean {
  return rule?.at('properties', 'access').text?.toLowerCase() === 'allow';
}

/** Whether a rule is about what a service tag stands for, or about everybody. */
export function isFrom(rule: Raw, tag: string): boolean {
  const anybody = /^(\*|Any|0\.0\.0\.0\/0)$/i;
  return sourcesOf(rule).some((source) => anybody.test(source) || source.toLowerCase() === tag.toLowerCase());
}

export function sourcesOf(rule: Raw): readonly string[] {
  return textsOf(rule.member('properties'), 'sourceAddressPrefix', 'sourceAddressPrefixes');
}

/** Whether a rule speaks of all these ports over TCP. */
export function coversPorts(rule: Raw, first: number, last = first): boolean {
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
