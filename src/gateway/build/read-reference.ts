import { sameName } from '../../base/case-insensitive-map.ts';
import { parseResourceId, type ResourceId } from '../../base/resource-id.ts';
import { placeholderIn } from '../../resources/placeholder-in.ts';
import type { SubResource } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import { type Collection, collectionLabels } from './collections.ts';

/** What the ID of a reference comes to. */
export type ReadReference<T> =
  | { readonly kind: 'found'; readonly target: T; readonly repair: ReferenceRepair | undefined }
  | { readonly kind: 'dangling'; readonly parsed: ResourceId }
  | { readonly kind: 'malformed' | 'notAResourceId' | 'wrongType' };

/** What had to be overlooked so that a reference names something. */
export type ReferenceRepair =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'placeholder'; readonly placeholder: string }
  | { readonly kind: 'anotherScope'; readonly parsed: ResourceId };

/** Reads an ID that ought to name a member of a collection of the gateway. */
export function readReference<T extends SubResource>(
  context: BuildContext,
  targets: Collection<T>,
  id: string,
): ReadReference<T> {
  const incomplete = targets.byWrittenId.get(id) ?? targetAtEnd(context, targets, id);
  const parsed = parseResourceId(id);
  if (!isResourceId(id) || parsed === undefined) {
    if (incomplete !== undefined) return { kind: 'found', target: incomplete, repair: { kind: 'incomplete' } };
    return { kind: isResourceId(id) ? 'malformed' : 'notAResourceId' };
  }
  const fault = typeFault(parsed, targets);
  if (fault !== undefined) return { kind: fault };
  const target = targets.byName.get(parsed.names[1] ?? '');
  const gateway = readGatewayPart(context, parsed);
  if (target === undefined || gateway === undefined) return { kind: 'dangling', parsed };
  return { kind: 'found', target, repair: gateway.repair };
}

/** Azure Resource Manager looks at IDs before it sends the body to the provider, and only at how they begin. */
function isResourceId(id: string): boolean {
  return /^\/(subscriptions|providers)\//i.test(id);
}

/** What an ID means that lacks its beginning, as `Microsoft.Network/applicationGateways/gw/probes/health`. */
function targetAtEnd<T extends SubResource>(context: BuildContext, targets: Collection<T>, id: string): T | undefined {
  const end = /(?:^|\/)Microsoft\.Network\/applicationGateways\/([^/]+)\/([^/]+)\/([^/]+)$/i.exec(id);
  const [, gateway = '', collection = '', name = ''] = end ?? [];
  const isMeant = sameName(gateway, context.gatewayName) && sameName(collection, targets.name);
  return isMeant ? targets.byName.get(name) : undefined;
}

/** Why an ID has not the form `<gateway>/<collection>/<name>` with the right collection; undefined when it has. */
function typeFault(parsed: ResourceId, targets: Collection<SubResource>): 'malformed' | 'wrongType' | undefined {
  const [type = '', collection] = parsed.types;
  const isGateway = sameName(parsed.namespace, 'Microsoft.Network') && sameName(type, 'applicationGateways');
  if (!isGateway || collection === undefined || parsed.types.length > 2) return 'wrongType';
  if (sameName(collection, targets.name)) return undefined;
  // `/frontendPort/x` is no type at all to Azure.
  return isCollection(collection) ? 'wrongType' : 'malformed';
}

function isCollection(name: string): boolean {
  return Object.keys(collectionLabels).some((collection) => sameName(collection, name));
}

/**
 * Whether the first part of an ID means the gateway itself; undefined when it means another one. The gateway of that
 * name in another subscription or resource group is taken for this one: that is what documentation with placeholders,
 * and templates with a fixed subscription, look like when they are read elsewhere.
 */
function readGatewayPart(
  { ownId, gatewayName }: BuildContext,
  parsed: ResourceId,
): { readonly repair: ReferenceRepair | undefined } | undefined {
  const { subscriptionId = '', resourceGroup = '' } = parsed;
  const isSameScope =
    sameName(subscriptionId, ownId?.subscriptionId ?? '') && sameName(resourceGroup, ownId?.resourceGroup ?? '');
  const name = parsed.names[0] ?? '';
  const isSameName = sameName(name, gatewayName);
  if (isSameName && isSameScope) return { repair: undefined };
  const placeholder = [subscriptionId, resourceGroup, name].map(placeholderIn).find((found) => found !== undefined);
  if (!isSameName && placeholderIn(name) === undefined) return undefined;
  return {
    repair: placeholder === undefined ? { kind: 'anotherScope', parsed } : { kind: 'placeholder', placeholder },
  };
}
