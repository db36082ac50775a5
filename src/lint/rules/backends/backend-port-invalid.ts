import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5060',
  id: 'backend-port-invalid',
  severity: 'error',
  category: 'backends',
  title: 'Backend settings have a port from 1 to 65535',
  why: 'There is no default port; Azure takes a missing one for 0 and refuses it.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#port',
  azureCode: 'ApplicationGatewayBackendHttpSettingsPortIsInvalid',
  azureMessage: 'Port specified for BackendHttpSettings {id} is not valid. Supported range is [1, 65535].',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      const port = raw(settings.origin, 'properties', 'port');
      const number = port.isGiven ? port.integer : 0;
      if (number === undefined || (number >= 1 && number <= 65_535)) continue;
      const found = port.isGiven ? `have port ${number}` : 'have no port';
      report(port, `Backend settings '${settings.name}' ${found}; ports go from 1 to 65535.`);
    }
  },
});
