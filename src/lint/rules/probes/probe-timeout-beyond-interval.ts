import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2053',
  id: 'probe-timeout-beyond-interval',
  severity: 'warning',
  category: 'probes',
  title: "A probe's timeout is no longer than its interval",
  why: 'A probe should end before the next one begins; with a longer timeout a dead server is found later than interval and threshold say. Azure takes it, Terraform and others refuse it.',
  source: 'https://github.com/PaloAltoNetworks/terraform-azurerm-swfw-modules/pull/199',
  check({ gateway, raw, report }) {
    for (const { name, origin, timeoutSeconds, intervalSeconds } of gateway.probes) {
      if (timeoutSeconds <= intervalSeconds) continue;
      const place = raw(origin, 'properties', 'timeout');
      report(
        place,
        `Probe '${name}' has a timeout of ${timeoutSeconds} s and an interval of ${intervalSeconds} s; the timeout should not be longer.`,
        { basedOn: [raw(origin, 'properties', 'interval')] },
      );
    }
  },
});
