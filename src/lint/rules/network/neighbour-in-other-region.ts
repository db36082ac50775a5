import { isLiteral } from '../../facts/literal.ts';
import { findResource } from '../../facts/neighbours.ts';
import { outsideReferences, subnetType } from '../../facts/outside-references.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5153',
  id: 'neighbour-in-other-region',
  severity: 'error',
  category: 'network',
  title: 'The public address, the network and the firewall policy of a gateway are in its region',
  why: 'Azure looks them up in the region of the gateway, and finds nothing that is elsewhere.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure',
  azureCode: 'InvalidResourceReference',
  azureMessage:
    'Resource {target} referenced by resource {id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.',
  check(context) {
    const { gateway, raw, report } = context;
    const own = raw(gateway.origin, 'location');
    if (!isLiteral(own)) return;
    const seen = new Set<string>();
    for (const { type, reference } of outsideReferences(context)) {
      const found = neighbour(context, type, reference.member('id').text);
      if (found === undefined || seen.has(found.name) || !isLiteral(found.location)) continue;
      if (isSameRegion(own.text, found.location.text)) continue;
      seen.add(found.name);
      const message = `Gateway '${gateway.name}' is in '${own.text}', but '${found.name}' in '${found.location.text}'; put both in one region.`;
      report(found.location, message, {
        azureValues: { target: reference.member('id').text ?? '', id: gateway.id },
        related: [{ message: `Gateway '${gateway.name}' refers to it here.`, place: reference.member('id') }],
      });
    }
  },
});

/** The resource with a location: of a subnet, its network. */
function neighbour({ graph }: RuleContext, type: string, id: string | undefined) {
  const owner = type === subnetType ? id?.replace(/\/subnets\/[^/]+\/?$/i, '') : id;
  const body = findResource(graph, owner);
  return body === undefined ? undefined : { name: body.member('name').text ?? '', location: body.member('location') };
}

/** `West Europe` is `westeurope`. */
function isSameRegion(a = '', b = ''): boolean {
  const fold = (name: string) => name.replaceAll(/\s/g, '').toLowerCase();
  return fold(a) === fold(b);
}
