import { foldCase, sameName } from './case-insensitive-map.ts';

/** The parts of an ARM resource ID. `types` and `names` have the same length; the first type has no namespace. */
export interface ResourceId {
  readonly subscriptionId: string | undefined;
  readonly resourceGroup: string | undefined;
  readonly namespace: string;
  readonly types: readonly string[];
  readonly names: readonly string[];
}

/** Reads `/subscriptions/…/resourceGroups/…/providers/Namespace/type/name[/type/name…]`; undefined for anything else. */
export function parseResourceId(id: string): ResourceId | undefined {
  const trimmed = id.endsWith('/') ? id.slice(0, -1) : id;
  if (!trimmed.startsWith('/')) return undefined;
  const segments = trimmed.slice(1).split('/');
  // Of an extension resource's ID the last `providers` belongs to the resource itself.
  const providers = segments.findLastIndex((segment) => sameName(segment, 'providers'));
  if (providers === -1) return undefined;
  const [namespace, ...rest] = segments.slice(providers + 1);
  if (!namespace || rest.length === 0 || rest.length % 2 !== 0 || rest.includes('')) return undefined;
  const scope = segments.slice(0, providers);
  return {
    subscriptionId: segmentAfter(scope, 'subscriptions'),
    resourceGroup: segmentAfter(scope, 'resourceGroups'),
    namespace,
    types: rest.filter((_, index) => index % 2 === 0),
    names: rest.filter((_, index) => index % 2 === 1),
  };
}

function segmentAfter(segments: readonly string[], name: string): string | undefined {
  const index = segments.findIndex((segment) => sameName(segment, name));
  return index === -1 ? undefined : segments[index + 1];
}

/** `Microsoft.Network/applicationGateways/httpListeners` of an ID's parts. */
export function fullTypeOf(id: ResourceId): string {
  return [id.namespace, ...id.types].join('/');
}

/** The form in which two IDs are compared: case and a trailing slash mean nothing. */
export function foldId(id: string): string {
  return foldCase(id.endsWith('/') ? id.slice(0, -1) : id);
}

/** Whether two IDs name the same resource. */
export function sameId(a: string, b: string): boolean {
  return a === b || foldId(a) === foldId(b);
}
