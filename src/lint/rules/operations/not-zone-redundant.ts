import { defineRule } from '../../rule.ts';

/** Regions of Azure without availability zones would refuse them; the list is Azure's to change. */
export const rule = defineRule({
  code: 'AGW6021',
  id: 'not-zone-redundant',
  severity: 'info',
  category: 'operations',
  appliesTo: 'v2',
  title: 'A v2 gateway names its availability zones',
  why: 'A gateway in several zones outlives the loss of one. Newer regions spread it by themselves; where zones are named, they are certain.',
  source: 'https://learn.microsoft.com/azure/reliability/reliability-application-gateway-v2',
  sameAs: ['AZR-000060', 'APRL c9c00f2a-3888-714b-a72b-b4c9e8fcffb2'],
  check({ gateway, raw, report }) {
    if (gateway.zones.length > 1) return;
    const zones = raw(gateway.origin, 'zones');
    const found = gateway.zones.length === 0 ? "has no 'zones'" : `is in zone ${gateway.zones[0]} only`;
    report(zones, `Gateway '${gateway.name}' ${found}; where the region has zones, take several.`);
  },
});
