import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5062',
  id: 'request-timeout-invalid',
  severity: 'error',
  category: 'backends',
  title: 'A request timeout lies between a second and a day',
  why: 'Azure takes 1 to 86400 seconds.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#request-timeout',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      const timeout = raw(settings.origin, 'properties', 'requestTimeout');
      if (timeout.integer === undefined || (timeout.integer >= 1 && timeout.integer <= 86_400)) continue;
      report(
        timeout,
        `'requestTimeout' of backend settings '${settings.name}' is ${timeout.integer}; it goes from 1 to 86400 seconds.`,
      );
    }
  },
});
