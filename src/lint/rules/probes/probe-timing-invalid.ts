import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

const ranges = [
  ['interval', 1, 86_400, ' seconds'],
  ['timeout', 1, 86_400, ' seconds'],
  ['unhealthyThreshold', 1, 20, ''],
] as const;

export const rule = defineRule({
  code: 'AGW5073',
  id: 'probe-timing-invalid',
  severity: 'error',
  category: 'probes',
  title: 'A probe has an interval, a timeout and a threshold within their ranges',
  why: 'Interval and timeout go from 1 to 86400 seconds, the threshold from 1 to 20.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview#custom-health-probe-settings',
  check({ gateway, raw, report }) {
    for (const probe of gateway.probes) {
      const properties = raw(probe.origin, 'properties');
      for (const [member, first, last, unit] of ranges) {
        const given = properties.member(member);
        if (!isOutside(given, first, last)) continue;
        report(
          given,
          `'${member}' of probe '${probe.name}' is ${given.integer}; it goes from ${first} to ${last}${unit}.`,
        );
      }
    }
  },
});

function isOutside(given: Raw, first: number, last: number): boolean {
  return given.integer !== undefined && (given.integer < first || given.integer > last);
}
