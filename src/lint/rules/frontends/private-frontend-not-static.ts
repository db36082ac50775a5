import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5017',
  id: 'private-frontend-not-static',
  severity: 'error',
  category: 'frontends',
  appliesTo: 'v2',
  title: 'The private address of a v2 gateway is static',
  why: 'v2 does not let Azure choose the private frontend address.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-frontend-ip',
  azureCode: 'ApplicationGatewayFrontendIpPrivateIpAddressInvalidAllocationType',
  azureMessage:
    'FrontendIpConfiguration {id} of Application Gateway with SKU tier {tier} can only use PrivateIPAddress with IpAllocationMethod as Static.',
  check({ gateway, raw, report }) {
    for (const frontend of gateway.frontendIPConfigurations.filter(({ visibility }) => visibility === 'private')) {
      const properties = raw(frontend.origin, 'properties');
      // A configuration without any address has a rule of its own.
      if (!properties.member('subnet').isGiven) continue;
      const method = properties.member('privateIPAllocationMethod');
      if (method.text?.toLowerCase() !== 'static') {
        const found = method.text === undefined ? 'is not set, which means Dynamic' : `is '${method.text}'`;
        report(
          method,
          `'privateIPAllocationMethod' of private frontend IP '${frontend.name}' ${found}; v2 needs 'Static'.`,
        );
      } else if (frontend.privateIPAddress === null) {
        report(properties, `Private frontend IP '${frontend.name}' is 'Static' but has no 'privateIPAddress'.`);
      }
    }
  },
});
