import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6020',
  id: 'single-instance',
  severity: 'info',
  category: 'operations',
  title: 'A gateway has two instances or scales by itself',
  why: 'With one instance, every update and every failure is an outage.',
  source: 'https://learn.microsoft.com/azure/reliability/reliability-application-gateway-v2',
  sameAs: ['AZR-000061', 'APRL 823b0cff-05c0-2e4e-a1e7-9965e1cfa16f'],
  check({ gateway, raw, report }) {
    if (gateway.autoscale !== null || gateway.sku.capacity !== 1) return;
    report(
      raw(gateway.origin, 'properties', 'sku', 'capacity'),
      `Gateway '${gateway.name}' has a single instance; take two, or 'autoscaleConfiguration'.`,
    );
  },
});
