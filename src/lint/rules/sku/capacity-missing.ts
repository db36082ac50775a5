import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5003',
  id: 'capacity-missing',
  severity: 'error',
  category: 'sku',
  appliesTo: 'v2',
  title: 'A v2 gateway has a capacity or an autoscale configuration',
  why: 'Azure does not choose a number of instances by itself.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-autoscaling-zone-redundant',
  azureCode: 'ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration',
  azureMessage:
    'Application Gateway {gateway} must specify either Capacity or AutoscaleConfiguration for the selected SKU tier {tier}',
  check({ gateway, raw, report }) {
    const properties = raw(gateway.origin, 'properties');
    const sku = properties.member('sku');
    const given = [sku.member('capacity'), properties.member('autoscaleConfiguration')];
    // The reserved SKUs of 2026 count units of capacity that were bought beforehand.
    if ([...given, properties.member('reservedCapacity')].some((raw) => raw.isGiven)) return;
    // That the SKU is missing, or no object, has been reported.
    if (sku.value?.kind !== 'Object') return;
    report(
      sku,
      `Gateway '${gateway.name}' (${gateway.sku.tier}) has neither 'sku.capacity' nor 'autoscaleConfiguration'; give one of them.`,
    );
  },
});
