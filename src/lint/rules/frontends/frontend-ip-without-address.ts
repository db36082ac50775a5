import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5016',
  id: 'frontend-ip-without-address',
  severity: 'error',
  category: 'frontends',
  title: 'A frontend IP configuration names a public IP address or a subnet',
  why: 'Without one of the two there is no address to listen on.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-frontend-ip',
  azureCode: 'ApplicationGatewayFrontendIpBothPublicIpAddressAndSubnetCannotBeNull',
  azureMessage:
    'FrontendIpConfiguration {id} cannot have both subnet and publicIp as null. Either publicIp or subnet should be specified.',
  check({ gateway, raw, report }) {
    for (const frontend of gateway.frontendIPConfigurations) {
      const properties = raw(frontend.origin, 'properties');
      if (properties.member('publicIPAddress').isGiven || properties.member('subnet').isGiven) continue;
      report(
        frontend.origin,
        `Frontend IP '${frontend.name}' has neither 'publicIPAddress' nor 'subnet'; give it one.`,
      );
    }
  },
});
