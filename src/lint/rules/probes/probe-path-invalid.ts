import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5074',
  id: 'probe-path-invalid',
  severity: 'error',
  category: 'probes',
  title: "A probe's path begins with /",
  why: 'Azure refuses an HTTP probe without a path, or with one that is none.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview#custom-health-probe-settings',
  check({ gateway, raw, report }) {
    for (const probe of gateway.probes) {
      if (probe.protocol === 'Tcp' || probe.protocol === 'Tls') continue;
      const path = raw(probe.origin, 'properties', 'path');
      if (!path.text) report(path, `Probe '${probe.name}' has no 'path'; for the root write '/'.`);
      else if (!path.text.startsWith('/')) {
        report(path, `Path '${path.text}' of probe '${probe.name}' does not begin with '/'.`, {
          right: path.text.includes(':') ? undefined : `/${path.text}`,
        });
      }
    }
  },
});
