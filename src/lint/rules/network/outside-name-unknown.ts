import { nearestName } from '../../../base/nearest-name.ts';
import { parseResourceId, sameId } from '../../../base/resource-id.ts';
import type { ResourceGraph } from '../../../resources/resource-graph.ts';
import type { DeployedResource } from '../../../template/evaluated-deployment.ts';
import type { Value } from '../../../template/value.ts';
import { rawBody } from '../../facts/neighbours.ts';
import { type OutsideReference, outsideReferences, subnetType } from '../../facts/outside-references.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2080',
  id: 'outside-name-unknown',
  severity: 'warning',
  category: 'network',
  title: 'A reference out of the gateway finds what the template declares for it',
  why: 'A template that declares a resource which nothing uses, and whose gateway asks for another one of almost that name, most likely misspells it; Azure then says that the resource was not found.',
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found',
  azureCode: 'InvalidResourceReference',
  check(context) {
    for (const { owner, member, type, reference } of outsideReferences(context)) {
      const id = reference.member('id');
      const meant = type === subnetType ? undefined : likelyMeant(context, type, id.text ?? '');
      if (meant === undefined) continue;
      const name = parseResourceId(id.text ?? '')?.names.at(-1) ?? '';
      const message = `${owner} refers to '${member}' '${name}', which is not in this template; '${meant.name}' is, and nothing uses it. Did you mean that one?`;
      context.report(id, message, {
        related: [{ message: `'${meant.name}' is here.`, place: rawBody(meant) }],
      });
    }
  },
});

/** The unused resource beside the gateway whose name is almost the one that was asked for. */
function likelyMeant({ graph }: RuleContext, type: OutsideReference['type'], id: string): DeployedResource | undefined {
  const wanted = parseResourceId(id);
  if (wanted === undefined || graph.find(id) !== undefined) return undefined;
  const unused = graph
    .ofType(type)
    .filter((candidate) => isBeside(candidate.id, id) && !isReferredTo(graph, candidate.id));
  const nearest = nearestName(
    wanted.names.at(-1) ?? '',
    unused.map(({ name }) => name),
  );
  return unused.find(({ name }) => name === nearest);
}

/** Whether two IDs differ in the last name only. */
function isBeside(a: string, b: string): boolean {
  return sameId(a.slice(0, a.lastIndexOf('/')), b.slice(0, b.lastIndexOf('/')));
}

/** Whether the body of any resource has that ID in it; to wait for a resource is no use of it. */
function isReferredTo(graph: ResourceGraph, id: string): boolean {
  const isId = (value: Value): boolean => {
    switch (value.kind) {
      case 'String':
        return sameId(value.value, id);
      case 'Array':
        return value.items.some(isId);
      case 'Object':
        return [...value.members].some(([key, member]) => !/^dependsOn$/i.test(key) && isId(member.value));
      default:
        return false;
    }
  };
  return graph.resources.some((resource) => resource.id !== id && isId(resource.body));
}
