import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5071',
  id: 'probe-without-host',
  severity: 'error',
  category: 'probes',
  title: 'A probe names its host or picks it from the settings',
  why: 'A probe needs a Host header: either its own or, with the switch, that of the backend settings.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview#custom-health-probe',
  check({ gateway, raw, report }) {
    for (const probe of gateway.probes) {
      if (probe.protocol === 'Tcp' || probe.protocol === 'Tls') continue;
      const properties = raw(probe.origin, 'properties');
      const picks = probe.pickHostNameFromBackendHttpSettings;
      if (probe.host === null && !picks) {
        report(properties, `Probe '${probe.name}' has no 'host'; set it, or 'pickHostNameFromBackendHttpSettings'.`);
      } else if (probe.host !== null && picks) {
        const message = `Probe '${probe.name}' has 'host' ('${probe.host}') and 'pickHostNameFromBackendHttpSettings'; keep one of them.`;
        report(properties.member('host'), message);
      }
    }
  },
});
