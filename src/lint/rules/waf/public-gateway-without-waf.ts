import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6001',
  id: 'public-gateway-without-waf',
  severity: 'info',
  category: 'waf',
  title: 'A gateway that the internet reaches has a web application firewall',
  why: 'Without one, attacks reach the backends as they are.',
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/ag-overview',
  sameAs: ['AZR-000063', 'CKV_AZURE_120', 'KICS 2e48d91c-50e4-45c8-9312-27b625868a72', 'AC_AZURE_0189'],
  check({ gateway, raw, report }) {
    const isPublic = gateway.frontendIPConfigurations.some(({ visibility }) => visibility === 'public');
    // A tier that there is not is reported as such.
    if (!isPublic || !/^(Standard|Standard_v2|Basic)$/i.test(gateway.sku.tier)) return;
    const sku = raw(gateway.origin, 'properties', 'sku');
    // Without a SKU nothing is known of the tier, and a policy that the tier does not fit is reported as such.
    if (!sku.isGiven || raw(gateway.origin, 'properties', 'firewallPolicy').isGiven) return;
    report(sku, `Gateway '${gateway.name}' has a public address and no firewall (SKU tier '${gateway.sku.tier}').`, {
      basedOn: [sku.member('tier')],
    });
  },
});
