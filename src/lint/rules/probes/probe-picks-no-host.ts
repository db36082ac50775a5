import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5072',
  id: 'probe-picks-no-host',
  severity: 'error',
  category: 'probes',
  title: 'A probe picks its host from settings that have one',
  why: "With 'pickHostNameFromBackendHttpSettings' the settings must have 'hostName' or 'pickHostNameFromBackendAddress'.",
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview#custom-health-probe',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      const { probe } = settings;
      if (!probe?.pickHostNameFromBackendHttpSettings || probe.host !== null) continue;
      if (settings.hostName !== null || settings.pickHostNameFromBackendAddress) continue;
      const message = `Probe '${probe.name}' picks its host from backend settings '${settings.name}', which have neither 'hostName' nor 'pickHostNameFromBackendAddress'.`;
      report(raw(settings.origin, 'properties', 'probe'), message, {
        related: [{ message: `Probe '${probe.name}' is here.`, place: probe.origin }],
      });
    }
  },
});
