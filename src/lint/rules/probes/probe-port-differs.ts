import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2051',
  id: 'probe-port-differs',
  severity: 'info',
  category: 'probes',
  title: 'A probe tests the port that requests go to',
  why: 'A server can answer on one port and be dead on the other.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview#custom-health-probe-settings',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      const { probe, port } = settings;
      if (probe === null || probe.port === null || probe.port === port) continue;
      const message = `Probe '${probe.name}' tests port ${probe.port}, but backend settings '${settings.name}' send requests to port ${port}.`;
      report(raw(probe.origin, 'properties', 'port'), message, {
        related: [
          { message: `The port of '${settings.name}' is here.`, place: raw(settings.origin, 'properties', 'port') },
        ],
      });
    }
  },
});
