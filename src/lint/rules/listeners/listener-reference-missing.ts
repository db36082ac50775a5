import { defineRule } from '../../rule.ts';

/** And what Azure calls them in its message. */
const references = [
  ['frontendIPConfiguration', 'FrontendIpConfiguration'],
  ['frontendPort', 'FrontendPort'],
] as const;

export const rule = defineRule({
  code: 'AGW5030',
  id: 'listener-reference-missing',
  severity: 'error',
  category: 'listeners',
  title: 'A listener names a frontend IP configuration and a port',
  why: 'A listener is an address and a port; Azure refuses one without either.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-listeners',
  azureCode: 'ApplicationGatewayHttpListenerMustReference',
  azureMessage: 'Http Listener {id} must reference a {member}.',
  check({ gateway, raw, report }) {
    for (const listener of gateway.httpListeners) {
      const properties = raw(listener.origin, 'properties');
      for (const [member, azureName] of references) {
        if (properties.member(member).isGiven) continue;
        report(listener.origin, `Listener '${listener.name}' has no '${member}'.`, {
          azureValues: { member: azureName },
        });
      }
    }
  },
});
