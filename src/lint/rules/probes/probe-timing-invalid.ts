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
  title: "A probe's timeout is no longer than its interval",
  why: 'Interval and timeout go from 1 to 86400 seconds, the threshold from 1 to 20, and a probe must end before the next one begins.',
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
      if (probe.timeoutSeconds > probe.intervalSeconds) {
        const message = `Probe '${probe.name}' has a timeout of ${probe.timeoutSeconds} s and an interval of ${probe.intervalSeconds} s; the timeout may not be longer.`;
        report(properties.member('timeout'), message);
      }
    }
  },
});

function isOutside(given: Raw, first: number, last: number): boolean {
  return given.integer !== undefined && (given.integer < first || given.integer > last);
}
