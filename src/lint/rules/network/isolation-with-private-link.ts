import { isPrivateOnly } from '../../facts/private-only.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5155',
  id: 'isolation-with-private-link',
  severity: 'error',
  category: 'network',
  appliesTo: 'v2',
  title: 'A gateway without a public address has no private link',
  why: 'A private v2 gateway is one with network isolation, which Azure cannot combine with private link.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-private-deployment#configuration-of-network-controls',
  azureCode: 'ApplicationGatewayNetworkIsolationNotSupportedWithFeature',
  azureMessage:
    'Application Gateway {gateway} with NetworkIsolation is not supported with feature Private Link Configuration..',
  check({ gateway, raw, report }) {
    const [first] = raw(gateway.origin, 'properties', 'privateLinkConfigurations').items();
    if (first === undefined || !isPrivateOnly(gateway)) return;
    report(
      first,
      `Gateway '${gateway.name}' has no public address and offers private link ('${first.member('name').text ?? ''}'); only one of the two is possible.`,
    );
  },
});
