import { defineRule } from '../../rule.ts';

/** The settings are what Azure asks for first; nobody has shown what it says of a pool that is missing alone. */
const settingsMissing = 'ApplicationGatewayUrlPathMapMustSpecifyDefaultBackendHttpSettings';

export const rule = defineRule({
  code: 'AGW5050',
  id: 'path-map-default-missing',
  severity: 'error',
  category: 'path-maps',
  title: 'A path map has a default',
  why: 'Requests that fit no path rule need somewhere to go: a default pool with settings, or a default redirect.',
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/18064',
  check({ gateway, raw, report }) {
    for (const map of gateway.urlPathMaps) {
      const properties = raw(map.origin, 'properties');
      const has = (member: string) => properties.member(member).isGiven;
      if (has('defaultRedirectConfiguration')) continue;
      const missing = [
        ...(has('defaultBackendAddressPool') || has('defaultLoadDistributionPolicy')
          ? []
          : ['defaultBackendAddressPool']),
        ...(has('defaultBackendHttpSettings') ? [] : ['defaultBackendHttpSettings']),
      ];
      if (missing.length === 0) continue;
      const names = missing.map((member) => `'${member}'`).join(' and ');
      report(
        map.origin,
        `Path map '${map.name}' has no ${names}; set both, or 'defaultRedirectConfiguration'.`,
        has('defaultBackendHttpSettings') ? {} : { azureCode: settingsMissing },
      );
    }
  },
});
