import { findPublicAddress } from '../../facts/neighbours.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5027',
  id: 'public-ip-of-v1',
  severity: 'error',
  category: 'frontends',
  appliesTo: 'v1',
  title: 'The public address of a v1 gateway is a dynamic one of the Basic SKU',
  why: 'v1 knows no static public addresses; its name stays the same, its address may change when it is stopped.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-frontend-ip',
  check({ gateway, graph, raw, report }) {
    // A name of one generation with a tier of the other is refused for that.
    if (!/^(Standard|WAF)$/i.test(gateway.sku.tier)) return;
    for (const frontend of gateway.frontendIPConfigurations) {
      const address = findPublicAddress(graph, frontend);
      const method = address?.at('properties', 'publicIPAllocationMethod');
      if (address === undefined || method?.text?.toLowerCase() !== 'static') continue;
      const name = address.member('name').text ?? '';
      report(
        method,
        `Public IP address '${name}' is static; gateway '${gateway.name}' (${gateway.sku.name}) needs 'Dynamic'.`,
        {
          related: [{ message: 'The gateway uses it here.', place: raw(frontend.origin) }],
        },
      );
    }
  },
});
