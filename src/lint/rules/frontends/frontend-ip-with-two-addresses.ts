import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5161',
  id: 'frontend-ip-with-two-addresses',
  severity: 'error',
  category: 'frontends',
  title: 'A frontend IP configuration is public or private, not both',
  why: 'A gateway with a public and a private address has two frontend IP configurations; Azure refuses one that names a public address and a subnet.',
  source:
    'https://learn.microsoft.com/troubleshoot/azure/application-gateway/error-codes/application-gateway-frontend-ip-cannot-have-public-ip-subnet-error',
  azureCode: 'ApplicationGatewayFrontendIpCannotHavePublicIpAndSubnet',
  check({ gateway, raw, report }) {
    for (const frontend of gateway.frontendIPConfigurations) {
      const properties = raw(frontend.origin, 'properties');
      const publicAddress = properties.member('publicIPAddress');
      const subnet = properties.member('subnet');
      if (!publicAddress.isGiven || !subnet.isGiven) continue;
      report(
        subnet,
        `Frontend IP '${frontend.name}' has 'publicIPAddress' and 'subnet'; make two frontend IP configurations of it.`,
        { related: [{ message: 'The public address is here.', place: publicAddress }] },
      );
    }
  },
});
