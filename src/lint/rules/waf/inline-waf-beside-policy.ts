import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2081',
  id: 'inline-waf-beside-policy',
  severity: 'warning',
  category: 'waf',
  appliesTo: 'v2',
  title: 'A gateway with a firewall policy has no firewall configuration beside it',
  why: "The policy decides. 'webApplicationFirewallConfiguration' has no effect beside it, and Azure refuses the next deployment that changes it.",
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/upgrade-ag-waf-policy',
  azureCode: 'ApplicationGatewayWafConfigurationCannotBeChangedWithWafPolicy',
  azureMessage:
    'WebApplicationFirewallConfiguration cannot be changed when there is a WAF Policy {policy} associated with it.',
  check({ gateway, raw, report }) {
    const properties = raw(gateway.origin, 'properties');
    const inline = properties.member('webApplicationFirewallConfiguration');
    const policy = properties.member('firewallPolicy');
    if (!inline.isGiven || !policy.isGiven || !/WAF/i.test(gateway.sku.tier)) return;
    report(
      inline,
      `Gateway '${gateway.name}' has 'webApplicationFirewallConfiguration' beside 'firewallPolicy'; the policy decides, so leave the other out.`,
      {
        azureValues: { policy: gateway.firewallPolicyId ?? '' },
        related: [{ message: 'The policy is attached here.', place: policy }],
      },
    );
  },
});
