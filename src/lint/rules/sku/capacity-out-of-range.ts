import type { Gateway } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5004',
  id: 'capacity-out-of-range',
  severity: 'error',
  category: 'sku',
  title: 'The number of instances lies within what the SKU allows',
  why: 'v1 has up to 32 instances, v2 up to 125 and Basic two.',
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits',
  check({ gateway, raw, report }) {
    const capacity = raw(gateway.origin, 'properties', 'sku', 'capacity');
    const maximum = maximumOf(gateway);
    if (capacity.integer === undefined || (capacity.integer >= 1 && capacity.integer <= maximum)) return;
    report(capacity, `SKU '${gateway.sku.name}' has 1 to ${maximum} instances, but 'capacity' is ${capacity.integer}.`);
  },
});

function maximumOf({ sku }: Gateway): number {
  if (sku.generation === 'v1') return 32;
  return sku.tier.toUpperCase() === 'BASIC' ? 2 : 125;
}
