import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2050',
  id: 'probe-host-differs',
  severity: 'warning',
  category: 'probes',
  title: 'A probe asks for the host that requests ask for',
  why: 'A backend that serves several names may be well under one and dead under the other; a probe tests what its own host name leads to.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      const { probe, hostName } = settings;
      if (probe?.host == null || hostName === null || probe.host.toLowerCase() === hostName.toLowerCase()) continue;
      const message = `Probe '${probe.name}' asks for '${probe.host}', but backend settings '${settings.name}' send '${hostName}'; use 'pickHostNameFromBackendHttpSettings'.`;
      report(raw(probe.origin, 'properties', 'host'), message, {
        related: [
          {
            message: `The host name of '${settings.name}' is here.`,
            place: raw(settings.origin, 'properties', 'hostName'),
          },
        ],
      });
    }
  },
});
