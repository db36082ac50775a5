import type { FrontendIPConfiguration } from '../../../gateway/model.ts';
import { findPublicAddress } from '../../facts/neighbours.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5018',
  id: 'too-many-frontend-ips',
  severity: 'error',
  category: 'frontends',
  title: 'A gateway has one public and one private address of each IP version',
  why: 'Azure refuses a second public or private frontend address of the same version.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-frontend-ip',
  check(context) {
    const seen = new Map<string, FrontendIPConfiguration>();
    for (const frontend of context.gateway.frontendIPConfigurations) {
      const version = versionOf(frontend, context);
      const kind = `${frontend.visibility} ${version}`;
      const first = seen.get(kind);
      if (first === undefined) seen.set(kind, frontend);
      else {
        const message = `Frontend IP '${frontend.name}' is the second ${kind} address beside '${first.name}'; only one is possible.`;
        context.report(frontend.origin, message, {
          related: [{ message: `'${first.name}' is here.`, place: first.origin }],
        });
      }
    }
  },
});

function versionOf(frontend: FrontendIPConfiguration, { graph }: RuleContext): string {
  const address = findPublicAddress(graph, frontend);
  const version = address?.at('properties', 'publicIPAddressVersion').text;
  if (version !== undefined) return version.toUpperCase() === 'IPV6' ? 'IPv6' : 'IPv4';
  // An address of somewhere else may be of either version: only its name can be the same.
  if (address === undefined && frontend.publicIPAddressId !== null) return /v6/i.test(frontend.name) ? 'IPv6' : 'IPv4';
  return frontend.privateIPAddress?.includes(':') ? 'IPv6' : 'IPv4';
}
