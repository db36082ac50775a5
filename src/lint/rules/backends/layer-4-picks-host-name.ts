import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5068',
  id: 'layer-4-picks-host-name',
  severity: 'error',
  category: 'backends',
  title: 'TCP and TLS settings do not pick a host name',
  why: 'Without HTTP there is no Host header to set; Azure refuses the switch.',
  source: 'https://github.com/Azure/azure-rest-api-specs/issues/19129',
  azureCode: 'ApplicationGatewayBackendSettingsPickHostNameFromBackendAddressNotAllowed',
  azureMessage: "PickHostNameFromBackendAddress cannot be set to true for BackendSettings '{id}'",
  check({ gateway, raw, report }) {
    for (const settings of raw(gateway.origin, 'properties', 'backendSettingsCollection').items()) {
      const pick = settings.at('properties', 'pickHostNameFromBackendAddress');
      if (pick.boolean !== true) continue;
      report(
        pick,
        `Backend settings '${settings.member('name').text ?? ''}' are for TCP or TLS and cannot pick a host name.`,
      );
    }
  },
});
