import { sameName } from '../../base/case-insensitive-map.ts';
import type { ResourceGraph } from '../../resources/resource-graph.ts';
import type { DeployedResource } from '../../template/evaluated-deployment.ts';
import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';
import { rawBody } from './neighbours.ts';
import { firewallPolicyType } from './outside-references.ts';

/** A firewall policy of the same template. */
export interface KnownPolicy {
  readonly id: string;
  readonly name: string;
  readonly properties: Raw;
  readonly body: Raw;
}

/** Those that the gateway, a listener or a path rule uses. */
export function policiesOf({ gateway, graph }: RuleContext): readonly KnownPolicy[] {
  const used = [
    gateway.firewallPolicyId,
    ...gateway.httpListeners.map(({ firewallPolicyId }) => firewallPolicyId),
    ...gateway.urlPathMaps.flatMap((map) => map.pathRules.map(({ firewallPolicyId }) => firewallPolicyId)),
  ];
  const ids = new Map(used.flatMap((id) => (id === null ? [] : [[id.toUpperCase(), id] as const])));
  return [...ids.values()].flatMap((id) => {
    const policy = graph.find(id);
    return policy !== undefined && sameName(policy.type, firewallPolicyType) ? knownPolicy(policy) : [];
  });
}

/** All firewall policies of the template: Azure refuses one that is wrong whether something uses it or not. */
export function declaredPolicies(graph: ResourceGraph): readonly KnownPolicy[] {
  return graph.ofType(firewallPolicyType).map(knownPolicy);
}

function knownPolicy(policy: DeployedResource): KnownPolicy {
  const body = rawBody(policy);
  return { id: policy.id, name: policy.name, properties: body.member('properties'), body };
}

/** Whether a policy runs on the engine of CRS 3.1 and older. */
export function hasOldEngine(policy: KnownPolicy): boolean {
  return ruleSetsOf(policy).some(({ type, version }) => sameName(type, 'OWASP') && /^(2\.|3\.[01]$)/.test(version));
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
