import { sameName } from '../../../base/case-insensitive-map.ts';
import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { delegationsOf, gatewayService } from '../../facts/subnet-delegations.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5156',
  id: 'subnet-delegated-elsewhere',
  severity: 'error',
  category: 'network',
  title: 'The subnet of a gateway is not delegated to another service',
  why: 'A delegated subnet takes resources of that service only.',
  source: 'https://learn.microsoft.com/azure/virtual-network/subnet-delegation-overview',
  azureCode: 'InvalidSubnet',
  azureMessage: "Subnet '{subnet}' is delegated to a different service",
  check(context) {
    const { gateway, report } = context;
    const found = gatewaySubnet(context);
    if (found === undefined) return;
    for (const service of delegationsOf(found.subnet)) {
      if (service.text === undefined || sameName(service.text, gatewayService)) continue;
      report(
        service,
        `Subnet '${found.subnet.name}' of gateway '${gateway.name}' is delegated to '${service.text}'; '${gatewayService}' is the only one it can have.`,
        {
          azureValues: { subnet: found.subnet.name },
          related: [{ message: `Gateway '${gateway.name}' stands in that subnet.`, place: found.reference }],
        },
      );
    }
  },
});
