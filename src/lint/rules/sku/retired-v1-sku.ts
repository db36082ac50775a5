import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5001',
  id: 'retired-v1-sku',
  severity: 'error',
  category: 'sku',
  appliesTo: 'v1',
  title: 'A gateway needs a v2 SKU',
  why: 'Azure has refused new v1 gateways since September 2024 and retired the last ones on 28 April 2026.',
  source: 'https://learn.microsoft.com/azure/application-gateway/v1-retirement',
  azureCode: 'AppGatewayV1SkuDeprecated',
  azureMessage:
    'Application Gateway SKU tier {tier} has been deprecated. Supported SKU tiers are Standard_v2,WAF_v2. Refer https://aka.ms/V1retirement.',
  sameAs: ['AZR-000376', 'AZR-000062', 'APRL 7893f0b3-8622-1d47-beed-4b50a19f7895'],
  check({ gateway, raw, report }) {
    const { tier, name } = gateway.sku;
    const successor = tier === 'WAF' ? 'WAF_v2' : 'Standard_v2';
    const sku = raw(gateway.origin, 'properties', 'sku');
    const place = sku.member('tier').isGiven ? sku.member('tier') : sku.member('name');
    report(place, `Gateway '${gateway.name}' has the retired SKU '${name}'; its successor is '${successor}'.`);
  },
});
