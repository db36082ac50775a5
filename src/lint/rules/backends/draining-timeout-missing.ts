import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5061',
  id: 'draining-timeout-missing',
  severity: 'error',
  category: 'backends',
  title: 'Connection draining has a timeout, even when it is off',
  why: "Azure refuses 'connectionDraining' without 'drainTimeoutInSec', whether it is enabled or not.",
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#connection-draining',
  azureCode: 'ApplicationGatewayConnectionDrainingTimeoutInvalid',
  azureMessage:
    'Backend Http Settings {id} connection draining timeout is invalid. The current value is {value}. Supported range is [1, 3600].',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      const draining = raw(settings.origin, 'properties', 'connectionDraining');
      // The schema reports a timeout out of range.
      if (!draining.isGiven || draining.member('drainTimeoutInSec').isGiven) continue;
      report(
        draining,
        `'connectionDraining' of backend settings '${settings.name}' has no 'drainTimeoutInSec' (1 to 3600).`,
      );
    }
  },
});
