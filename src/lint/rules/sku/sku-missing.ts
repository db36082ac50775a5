import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5160',
  id: 'sku-missing',
  severity: 'error',
  category: 'sku',
  title: 'A gateway says which SKU it has',
  why: 'The published types call the SKU optional, but Azure has no default for it and refuses a gateway without one.',
  source:
    'https://learn.microsoft.com/troubleshoot/azure/application-gateway/error-codes/applicationgatewayskunotspecified',
  azureCode: 'ApplicationGatewaySkuNotSpecified',
  check({ gateway, raw, report }) {
    // Beside 'properties' instead of inside, it has been reported as a property that does not exist.
    if (raw(gateway.origin, 'sku').isGiven) return;
    const sku = raw(gateway.origin, 'properties', 'sku');
    if (sku.isGiven && (sku.value?.kind !== 'Object' || sku.member('name').isGiven)) return;
    const missing = sku.isGiven ? 'name of its SKU' : 'SKU';
    report(
      sku.isGiven ? sku.member('name') : sku,
      `Gateway '${gateway.name}' has no ${missing}; give it 'Standard_v2' or 'WAF_v2', as name and as tier.`,
    );
  },
});
