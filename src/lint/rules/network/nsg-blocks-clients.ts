import { allows, coversPorts, isFrom, networkSecurity, sourcesOf } from '../../facts/network-security.ts';
import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2085',
  id: 'nsg-blocks-clients',
  severity: 'warning',
  category: 'network',
  title: "The subnet's network security group lets clients reach the listeners",
  why: 'What no rule allows from outside is denied: the gateway is deployed, and nobody gets an answer.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups',
  check(context) {
    const { gateway, report } = context;
    const security = networkSecurity(context);
    if (security === undefined) return;
    const ports = new Set<number>();
    for (const { frontendIPConfiguration: frontend, frontendPort } of gateway.httpListeners) {
      // The virtual network itself is let in by default.
      if (frontend?.visibility === 'public' && frontendPort !== null) ports.add(frontendPort.port);
    }
    for (const port of ports) {
      if (isOpen(security.inbound, port)) continue;
      report(
        security.group,
        `Network security group '${security.name}' of subnet '${security.subnet.name}' lets nobody reach port ${port}, on which gateway '${gateway.name}' listens.`,
        { related: [{ message: `Gateway '${gateway.name}' stands in that subnet.`, place: security.reference }] },
      );
    }
  },
});

/** Whether anybody outside gets in. To let in a few only may be meant; Azure's own services are no clients. */
function isOpen(inbound: readonly Raw[], port: number): boolean {
  const about = inbound.filter((rule) => coversPorts(rule, port));
  const closing = about.findIndex((rule) => !allows(rule) && isFrom(rule, 'Internet'));
  return about.slice(0, closing === -1 ? undefined : closing).some((rule) => allows(rule) && hasClients(rule));
}

const servicesAndNetwork = /^(GatewayManager|AzureLoadBalancer|VirtualNetwork)$/i;

function hasClients(rule: Raw): boolean {
  const sources = sourcesOf(rule);
  // Application security groups, or something that the template does not tell.
  return sources.length === 0 || sources.some((source) => !servicesAndNetwork.test(source));
}
