import { inlineFirewall, policiesOf } from '../../facts/waf-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6002',
  id: 'waf-disabled',
  severity: 'warning',
  category: 'waf',
  title: 'A firewall that is configured is on',
  why: 'A policy that is disabled inspects nothing.',
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/policy-overview',
  sameAs: ['AZR-000066', 'AZR-000309', 'CKV_AZURE_120'],
  check(context) {
    const { gateway, report } = context;
    const enabled = inlineFirewall(context)?.member('enabled');
    if (enabled?.boolean === false && /WAF/i.test(gateway.sku.tier) && gateway.firewallPolicyId === null) {
      report(enabled, `The firewall of gateway '${gateway.name}' is off.`);
    }
    for (const policy of policiesOf(context)) {
      const state = policy.properties.at('policySettings', 'state');
      if (state.text?.toLowerCase() === 'disabled') report(state, `Firewall policy '${policy.name}' is disabled.`);
    }
  },
});
