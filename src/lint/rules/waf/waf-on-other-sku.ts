import type { Gateway, Origin } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5007',
  id: 'waf-on-other-sku',
  severity: 'error',
  category: 'waf',
  title: 'A web application firewall needs a WAF SKU',
  why: 'Standard and Basic gateways cannot carry a firewall, by policy or by configuration.',
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/ag-overview',
  azureCode: 'ApplicationGatewayFirewallCannotBeEnabledForSelectedSku',
  azureMessage:
    'Application Gateway {gateway} does not support WebApplicationFirewall with the selected SKU tier {tier}',
  check({ gateway, raw, report }) {
    const { tier } = gateway.sku;
    if (!/^(Standard|Standard_v2|Basic)$/i.test(tier)) return;
    const properties = raw(gateway.origin, 'properties');
    // Without a SKU the tier is only assumed.
    if (!properties.member('sku').isGiven) return;
    const inline = properties.member('webApplicationFirewallConfiguration');
    const policies = firewallOwners(gateway).map((owner) => raw(owner.origin, 'properties', 'firewallPolicy'));
    const given = [...policies, inline].filter((each) => each.isGiven && each.member('enabled').boolean !== false);
    for (const each of given) {
      const name = each === inline ? 'webApplicationFirewallConfiguration' : 'firewallPolicy';
      const fitting = /v2$/i.test(tier) || /^Basic$/i.test(tier) ? 'WAF_v2' : 'WAF';
      report(each, `SKU tier '${tier}' has no firewall, but '${name}' is set; use tier '${fitting}' or leave it out.`, {
        related: [{ message: 'The tier is set here.', place: properties.at('sku', 'tier') }],
        basedOn: [each.member('enabled')],
      });
    }
  },
});

/** What can have a firewall policy. */
function firewallOwners(gateway: Gateway): readonly { readonly origin: Origin }[] {
  return [gateway, ...gateway.httpListeners, ...gateway.urlPathMaps.flatMap(({ pathRules }) => pathRules)];
}
