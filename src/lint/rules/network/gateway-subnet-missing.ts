import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5010',
  id: 'gateway-subnet-missing',
  severity: 'error',
  category: 'network',
  title: 'A gateway stands in a subnet',
  why: 'The instances of a gateway live in a subnet of their own; Azure refuses a gateway without one.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure',
  azureCode: 'SubnetIsRequired',
  azureMessage: 'Subnet reference is required for ipconfiguration {id}.',
  check({ gateway, raw, report }) {
    const configurations = raw(gateway.origin, 'properties', 'gatewayIPConfigurations');
    if (configurations.items().length === 0) {
      report(configurations, `Gateway '${gateway.name}' has no 'gatewayIPConfigurations'; one must name its subnet.`);
    }
    for (const configuration of configurations.items()) {
      if (configuration.at('properties', 'subnet').isGiven) continue;
      const name = configuration.member('name').text ?? '';
      report(configuration, `Gateway IP configuration '${name}' has no 'subnet'.`);
    }
  },
});
