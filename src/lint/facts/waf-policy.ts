import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';
import { findResource } from './neighbours.ts';

/** A firewall policy of the same template that the gateway, a listener or a path rule uses. */
export interface KnownPolicy {
  readonly id: string;
  readonly name: string;
  readonly properties: Raw;
}

export function policiesOf({ gateway, graph }: RuleContext): readonly KnownPolicy[] {
  const used = [
    gateway.firewallPolicyId,
    ...gateway.httpListeners.map(({ firewallPolicyId }) => firewallPolicyId),
    ...gateway.urlPathMaps.flatMap((map) => map.pathRules.map(({ firewallPolicyId }) => firewallPolicyId)),
  ];
  const ids = new Map(used.flatMap((id) => (id === null ? [] : [[id.toUpperCase(), id] as const])));
  return [...ids.values()].flatMap((id) => {
    const policy = findResource(graph, id);
    if (policy === undefined) return [];
    return { id, name: policy.member('name').text ?? id, properties: policy.member('properties') };
  });
}

/** The firewall configuration inside the gateway, as v1 has it. */
export function inlineFirewall({ gateway, raw }: RuleContext): Raw | undefined {
  const inline = raw(gateway.origin, 'properties', 'webApplicationFirewallConfiguration');
  return inline.isGiven ? inline : undefined;
}

export interface RuleSet {
  readonly type: string;
  readonly version: string;
  readonly place: Raw;
  readonly overrides: readonly Raw[];
}

export function ruleSetsOf(policy: KnownPolicy): readonly RuleSet[] {
  return policy.properties
    .at('managedRules', 'managedRuleSets')
    .items()
    .map((set) => ({
      type: set.member('ruleSetType').text ?? '',
      version: set.member('ruleSetVersion').text ?? '',
      place: set.member('ruleSetVersion'),
      overrides: set.member('ruleGroupOverrides').items(),
    }));
}
