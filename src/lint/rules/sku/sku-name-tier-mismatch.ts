import { sameName } from '../../../base/case-insensitive-map.ts';
import { defineRule } from '../../rule.ts';

/** https://learn.microsoft.com/azure/application-gateway/overview-v2#sku-types */
const tierOf: readonly (readonly [RegExp, string])[] = [
  [/^Standard_(Small|Medium|Large)$/i, 'Standard'],
  [/^WAF_(Medium|Large)$/i, 'WAF'],
  [/^(Standard_v2|WAF_v2|Basic|Basic_v2|Basic_WAF_v2)$/i, '$1'],
];

export const rule = defineRule({
  code: 'AGW5002',
  id: 'sku-name-tier-mismatch',
  severity: 'error',
  category: 'sku',
  title: "The SKU's name and tier belong together",
  why: 'Azure refuses a gateway whose SKU name is not one of its tier.',
  source: 'https://learn.microsoft.com/azure/application-gateway/overview-v2#sku-types',
  azureCode: 'ApplicationGatewaySkuNameInvalidForSkuTier',
  azureMessage: 'Application Gateway SKU name {name} is not valid for the SKU tier {tier}',
  check({ gateway, raw, report }) {
    const sku = raw(gateway.origin, 'properties', 'sku');
    const name = sku.member('name').text;
    const tier = sku.member('tier');
    if (name === undefined || tier.text === undefined) return;
    const [pattern, replacement] = tierOf.find(([names]) => names.test(name)) ?? [];
    if (pattern === undefined || replacement === undefined) return;
    const expected = name.replace(pattern, replacement);
    if (!sameName(expected, tier.text)) {
      report(tier, `SKU name '${name}' goes with tier '${expected}', but the tier is '${tier.text}'.`, {
        azureValues: { name, tier: tier.text },
      });
    }
  },
});
