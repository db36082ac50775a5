import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { isPrivateOnly } from '../../facts/private-only.ts';
import { delegationsOf, gatewayService } from '../../facts/subnet-delegations.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5154',
  id: 'isolation-without-delegation',
  severity: 'error',
  category: 'network',
  appliesTo: 'v2',
  title: 'The subnet of a private v2 gateway is delegated to application gateways',
  why: 'A gateway without a public address needs network isolation, and since 5 May 2025 that needs the delegation. Without the feature Azure refuses the gateway all the same.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-private-deployment#onboard-to-the-feature',
  azureCode: 'ApplicationGatewayNetworkIsolationRequiresSubnetDelegation',
  azureMessage:
    'Application Gateway {gateway} with NetworkIsolation requires subnet delegation. Please delegate subnet {subnet} to Microsoft.Network/applicationGateways.',
  check(context) {
    const { gateway, report } = context;
    const found = gatewaySubnet(context);
    if (found === undefined || !isPrivateOnly(gateway)) return;
    const delegations = delegationsOf(found.subnet);
    // One to somebody else has a rule of its own.
    if (delegations.length > 0) return;
    report(
      found.reference,
      `Gateway '${gateway.name}' has no public address, and its subnet '${found.subnet.name}' is not delegated to '${gatewayService}'.`,
      {
        azureValues: { subnet: found.subnet.id },
        related: [{ message: `Subnet '${found.subnet.name}' is here.`, place: found.subnet.properties }],
        basedOn: [found.subnet.properties.member('delegations')],
      },
    );
  },
});
