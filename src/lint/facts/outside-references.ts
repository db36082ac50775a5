import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';

/** Where a gateway refers to a resource that is no part of it. */
export interface OutsideReference {
  /** What refers, for the beginning of a sentence: `Frontend IP 'public'`. */
  readonly owner: string;
  /** The property that refers. */
  readonly member: string;
  /** What it has to refer to. */
  readonly type: string;
  /** The object with the `id`. */
  readonly reference: Raw;
}

export const publicIpType = 'Microsoft.Network/publicIPAddresses';
export const subnetType = 'Microsoft.Network/virtualNetworks/subnets';
export const firewallPolicyType = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies';

/** All references out of a gateway, those that name nothing or the wrong thing included. */
export function outsideReferences(context: RuleContext): readonly OutsideReference[] {
  const { gateway, raw } = context;
  const properties = raw(gateway.origin, 'properties');
  const addresses = properties.member('privateLinkConfigurations').items().flatMap(privateLinkAddresses);
  const all = [
    ...named('Gateway IP configuration', properties.member('gatewayIPConfigurations').items(), 'subnet', subnetType),
    ...frontendReferences(properties.member('frontendIPConfigurations').items()),
    ...named('IP configuration', addresses, 'subnet', subnetType),
    ...policyReferences(context, properties),
  ];
  return all.filter(({ reference }) => reference.isGiven);
}

function frontendReferences(frontends: readonly Raw[]): readonly OutsideReference[] {
  return [
    ...named('Frontend IP', frontends, 'publicIPAddress', publicIpType),
    ...named('Frontend IP', frontends, 'subnet', subnetType),
  ];
}

function policyReferences({ gateway, raw }: RuleContext, properties: Raw): readonly OutsideReference[] {
  const member = 'firewallPolicy';
  const own = { owner: `Gateway '${gateway.name}'`, member, type: firewallPolicyType };
  const listeners = gateway.httpListeners.map(({ origin }) => raw(origin));
  const pathRules = gateway.urlPathMaps.flatMap((map) => map.pathRules.map(({ origin }) => raw(origin)));
  return [
    { ...own, reference: properties.member(member) },
    ...named('Listener', listeners, member, firewallPolicyType),
    ...named('Path rule', pathRules, member, firewallPolicyType),
  ];
}

function privateLinkAddresses(configuration: Raw): readonly Raw[] {
  return configuration.at('properties', 'ipConfigurations').items();
}

function named(label: string, owners: readonly Raw[], member: string, type: string): readonly OutsideReference[] {
  return owners.map((owner) => ({
    owner: `${label} '${owner.member('name').text ?? ''}'`,
    member,
    type,
    reference: owner.at('properties', member),
  }));
}
