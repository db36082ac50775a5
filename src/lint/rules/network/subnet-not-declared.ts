import { foldId, parseResourceId } from '../../../base/resource-id.ts';
import { quotedList } from '../../facts/names.ts';
import { findResource, findSubnet } from '../../facts/neighbours.ts';
import { outsideReferences, subnetType } from '../../facts/outside-references.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5151',
  id: 'subnet-not-declared',
  severity: 'error',
  category: 'network',
  title: "A subnet of the template's own virtual network is one that the network lists",
  why: 'A virtual network that is deployed with a list of subnets has these and no others afterwards.',
  source: 'https://learn.microsoft.com/azure/templates/microsoft.network/virtualnetworks',
  azureCode: 'InvalidResourceReference',
  azureMessage:
    'Resource {subnet} referenced by resource {id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.',
  check(context) {
    for (const { owner, member, type, reference } of outsideReferences(context)) {
      const id = reference.member('id');
      if (type !== subnetType || id.text === undefined || findSubnet(context.graph, id.text) !== undefined) continue;
      const declared = declaredSubnets(context, id.text);
      if (declared === undefined) continue;
      const [network = '', subnet = ''] = parseResourceId(id.text)?.names ?? [];
      const message = `${owner} refers to '${member}' '${subnet}', which virtual network '${network}' does not have. Declared: ${quotedList(declared.names)}.`;
      context.report(id, message, {
        azureValues: { subnet: id.text },
        related: [{ message: `Virtual network '${network}' is here.`, place: declared.network }],
      });
    }
  },
});

/** The subnets of the network that an ID names; undefined when the template does not tell all of them. */
function declaredSubnets({ graph }: RuleContext, subnetId: string) {
  const networkId = subnetId.replace(/\/subnets\/[^/]+\/?$/i, '');
  const network = findResource(graph, networkId);
  const subnets = network?.at('properties', 'subnets');
  // A network without such a list keeps the subnets it has.
  if (network === undefined || subnets?.value?.kind !== 'Array' || subnets.isUncertain) return undefined;
  const names = subnets.items().map((subnet) => subnet.member('name'));
  if (names.some((name) => name.text === undefined || name.isUncertain)) return undefined;
  const apart = graph.resources.filter(({ id, type }) => /\/subnets$/i.test(type) && isBelow(id, networkId));
  return { network, names: [...names.map((name) => name.text ?? ''), ...apart.map(({ name }) => lastOf(name))] };
}

function isBelow(id: string, owner: string): boolean {
  return foldId(id).startsWith(`${foldId(owner)}/`);
}

function lastOf(name: string): string {
  return name.split('/').at(-1) ?? name;
}
