import { sameName } from '../../../base/case-insensitive-map.ts';
import { sameId } from '../../../base/resource-id.ts';
import { quotedList } from '../../facts/names.ts';
import { rawBody } from '../../facts/neighbours.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5157',
  id: 'private-endpoint-group-unknown',
  severity: 'error',
  category: 'network',
  title: 'A private endpoint names a frontend that offers private link',
  why: "The 'groupIds' of a private endpoint are names of frontend IP configurations; one needs a 'privateLinkConfiguration' and an HTTP listener to be reached by.",
  source: 'https://learn.microsoft.com/azure/application-gateway/private-link-configure',
  azureCode: 'ApplicationGatewayPrivateLinkOperationError',
  azureMessage:
    'Call to Microsoft.Network/applicationGateways failed. Error message: Cannot perform private link operation on ApplicationGateway {gateway}. Please make sure application gateway has private link configuration.',
  check(context) {
    for (const { endpoint, group } of groupsAsked(context)) {
      const fault = faultOf(context, group.text ?? '');
      if (fault === undefined) continue;
      context.report(
        group,
        `Private endpoint '${endpoint}' asks for '${group.text}' of gateway '${context.gateway.name}', ${fault}.`,
      );
    }
  },
});

function groupsAsked({ gateway, graph }: RuleContext): readonly { endpoint: string; group: Raw }[] {
  return graph.ofType('Microsoft.Network/privateEndpoints').flatMap((resource) => {
    const properties = rawBody(resource).member('properties');
    return ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections']
      .flatMap((member) => properties.member(member).items())
      .filter((connection) => sameId(connection.at('properties', 'privateLinkServiceId').text ?? '', gateway.id))
      .flatMap((connection) => connection.at('properties', 'groupIds').items())
      .filter(({ text }) => text !== undefined)
      .map((group) => ({ endpoint: resource.name, group }));
  });
}

function faultOf({ gateway, raw }: RuleContext, name: string): string | undefined {
  const frontends = gateway.frontendIPConfigurations;
  const frontend = frontends.find((candidate) => sameName(candidate.name, name));
  if (frontend === undefined) {
    return `which has no frontend IP of that name. Defined: ${quotedList(frontends.map((each) => each.name))}`;
  }
  if (!raw(frontend.origin, 'properties', 'privateLinkConfiguration').isGiven) {
    return "whose frontend IP of that name has no 'privateLinkConfiguration'";
  }
  const isServed = gateway.httpListeners.some((listener) => listener.frontendIPConfiguration === frontend);
  return isServed ? undefined : 'whose frontend IP of that name has no HTTP listener';
}
