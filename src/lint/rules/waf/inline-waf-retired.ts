import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5009',
  id: 'inline-waf-retired',
  severity: 'warning',
  category: 'waf',
  title: 'The firewall of a v2 gateway is a policy of its own',
  why: "Newer builds of the service refuse 'webApplicationFirewallConfiguration' on a new gateway; existing ones should move to a policy.",
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/upgrade-ag-waf-policy',
  azureCode: 'ApplicationGatewayWafConfigurationDeprecated',
  azureMessage:
    'Direct WAF configuration on Application Gateway has been retired. To continue, attach an existing WAF policy or create a new one and associate it with your gateway.',
  sameAs: ['AZR-000423'],
  check({ gateway, raw, report }) {
    if (!/^WAF_v2$/i.test(gateway.sku.tier) || gateway.firewallPolicyId !== null) return;
    const inline = raw(gateway.origin, 'properties', 'webApplicationFirewallConfiguration');
    if (!inline.isGiven) return;
    report(
      inline,
      `Gateway '${gateway.name}' configures its firewall by 'webApplicationFirewallConfiguration', which is retired; attach a policy with 'firewallPolicy'.`,
    );
  },
});
