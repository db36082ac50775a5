import { findPublicAddress } from '../../facts/neighbours.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5022',
  id: 'public-ip-not-static',
  severity: 'error',
  category: 'frontends',
  appliesTo: 'v2',
  title: 'The public address of a v2 gateway is static',
  why: 'An address of the Standard SKU, which v2 needs, can only be static.',
  source: 'https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#sku',
  azureCode: 'StandardSkuPublicIPAddressesMustBeStatic',
  check({ gateway, graph, report }) {
    for (const frontend of gateway.frontendIPConfigurations) {
      const address = findPublicAddress(graph, frontend);
      if (address === undefined || !/^Standard/i.test(address.at('sku', 'name').text ?? '')) continue;
      const method = address.at('properties', 'publicIPAllocationMethod');
      if (method.text?.toLowerCase() === 'static') continue;
      const found = method.text === undefined ? 'not set, which means Dynamic' : `'${method.text}'`;
      const name = address.member('name').text ?? '';
      report(
        method,
        `'publicIPAllocationMethod' of public IP address '${name}' is ${found}; the Standard SKU needs 'Static'.`,
      );
    }
  },
});
