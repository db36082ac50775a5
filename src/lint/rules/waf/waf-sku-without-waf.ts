import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5008',
  id: 'waf-sku-without-waf',
  severity: 'error',
  category: 'waf',
  title: 'A gateway of a WAF SKU has a firewall policy',
  why: 'Azure refuses a WAF gateway that says nothing about its firewall.',
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/create-waf-policy-ag',
  azureCode: 'ApplicationGatewayFirewallNotConfiguredForSelectedSku',
  azureMessage:
    'Application Gateway {gateway} with the selected SKU tier {tier} must have a valid WAF policy or configuration',
  check({ gateway, raw, report }) {
    if (!/^(WAF|WAF_v2|Basic_WAF_v2)$/i.test(gateway.sku.tier)) return;
    const properties = raw(gateway.origin, 'properties');
    const given = ['firewallPolicy', 'webApplicationFirewallConfiguration'].some(
      (name) => properties.member(name).isGiven,
    );
    if (given) return;
    const setting = gateway.sku.generation === 'v1' ? 'webApplicationFirewallConfiguration' : 'firewallPolicy';
    report(
      properties.member('sku'),
      `Gateway '${gateway.name}' has SKU tier '${gateway.sku.tier}' and no firewall; set '${setting}'.`,
      {
        basedOn: ['firewallPolicy', 'webApplicationFirewallConfiguration', 'sku'].map((name) =>
          properties.member(name),
        ),
      },
    );
  },
});
