import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5063',
  id: 'host-name-beside-pick',
  severity: 'error',
  category: 'backends',
  title: 'Backend settings name the host or pick it, not both',
  why: "'hostName' and 'pickHostNameFromBackendAddress' each decide on the Host header that backends see.",
  source:
    'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#pick-host-name-from-backend-address',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      if (settings.hostName === null || !settings.pickHostNameFromBackendAddress) continue;
      const properties = raw(settings.origin, 'properties');
      const message = `Backend settings '${settings.name}' have 'hostName' ('${settings.hostName}') and 'pickHostNameFromBackendAddress'; keep one of them.`;
      report(properties.member('pickHostNameFromBackendAddress'), message, {
        related: [{ message: "'hostName' is here.", place: properties.member('hostName') }],
      });
    }
  },
});
