import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5005',
  id: 'autoscale-out-of-range',
  severity: 'error',
  category: 'sku',
  title: 'Autoscaling goes from 0…100 to 2…125 instances',
  why: 'Azure refuses limits outside of these, and a maximum below the minimum.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-autoscaling-zone-redundant',
  check({ gateway, raw, report }) {
    const autoscale = raw(gateway.origin, 'properties', 'autoscaleConfiguration');
    const minimum = autoscale.member('minCapacity');
    const maximum = autoscale.member('maxCapacity');
    // The schema reports a minimum below 0 and a maximum below 2.
    if (minimum.integer !== undefined && minimum.integer > 100) {
      report(minimum, `'minCapacity' is ${minimum.integer}; the most that Azure keeps ready is 100 instances.`);
    }
    if (maximum.integer === undefined) return;
    if (maximum.integer > 125) {
      report(maximum, `'maxCapacity' is ${maximum.integer}; a gateway has at most 125 instances.`);
    } else if (minimum.integer !== undefined && maximum.integer < minimum.integer) {
      report(maximum, `'maxCapacity' ${maximum.integer} is below 'minCapacity' ${minimum.integer}.`, {
        related: [{ message: "'minCapacity' is here", place: minimum }],
      });
    }
  },
});
