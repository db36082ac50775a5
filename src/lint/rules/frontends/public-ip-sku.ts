import { findPublicAddress } from '../../facts/neighbours.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5021',
  id: 'public-ip-sku',
  severity: 'error',
  category: 'frontends',
  appliesTo: 'v2',
  title: 'The public address of a v2 gateway has the Standard SKU',
  why: 'v2 gateways refuse addresses of the Basic SKU, which is what an address without a SKU gets.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-frontend-ip',
  azureCode: 'ApplicationGatewayInvalidPublicIpSku',
  azureMessage: 'Application gateway {gateway} with SKU {tier} can only reference public ip with Standard SKU.',
  check({ gateway, graph, raw, report }) {
    for (const frontend of gateway.frontendIPConfigurations) {
      const address = findPublicAddress(graph, frontend);
      const sku = address?.at('sku', 'name');
      if (address === undefined || /^Standard(V2)?$/i.test(sku?.text ?? 'Basic')) continue;
      const name = address.member('name').text ?? '';
      const found = sku?.text === undefined ? 'has no SKU, which means Basic' : `has the SKU '${sku.text}'`;
      report(
        sku ?? address,
        `Public IP address '${name}' ${found}; gateway '${gateway.name}' (${gateway.sku.name}) needs 'Standard'.`,
        {
          related: [{ message: 'The gateway uses it here.', place: raw(frontend.origin) }],
        },
      );
    }
  },
});
