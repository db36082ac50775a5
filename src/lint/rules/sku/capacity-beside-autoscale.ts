import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2030',
  id: 'capacity-beside-autoscale',
  severity: 'info',
  category: 'sku',
  appliesTo: 'v2',
  title: 'A fixed capacity and autoscaling exclude each other',
  why: 'With an autoscale configuration the fixed number means nothing, and some versions of the service refuse both together.',
  source: 'https://github.com/Azure/azure-cli/issues/28160',
  check({ gateway, raw, report }) {
    const properties = raw(gateway.origin, 'properties');
    const capacity = properties.at('sku', 'capacity');
    const autoscale = properties.member('autoscaleConfiguration');
    if (!capacity.isGiven || !autoscale.isGiven) return;
    report(capacity, "'sku.capacity' has no effect beside 'autoscaleConfiguration'; leave one of them out.", {
      related: [{ message: "'autoscaleConfiguration' is here", place: autoscale }],
    });
  },
});
