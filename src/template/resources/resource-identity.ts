import type { Span } from '../../base/span.ts';
import { atPlace } from '../azure-messages.ts';
import type { DeploymentContext } from '../deployment-context.ts';
import { TemplateFault } from '../template-fault.ts';

/** How the IDs of a scope's resources begin. */
export function scopePrefix(context: DeploymentContext): string {
  switch (context.scope) {
    case 'resourceGroup':
      return `/subscriptions/${context.subscriptionId}/resourceGroups/${context.resourceGroup}`;
    case 'subscription':
      return `/subscriptions/${context.subscriptionId}`;
    case 'managementGroup':
      return `/providers/Microsoft.Management/managementGroups/${context.managementGroup}`;
    case 'tenant':
      return '';
  }
}

/** `Namespace/type[/type]` and `name[/name]` as `Namespace/type/name[/type/name]`. */
export function unqualifiedId(type: string, name: string): string {
  const [namespace = '', ...types] = type.split('/');
  const names = segmentsOf(name);
  return [namespace, ...types.flatMap((part, index) => [part, names[index] ?? ''])].join('/');
}

/** The ID of a resource in a scope, which ends before `/providers/`. */
export function resourceIdIn(prefix: string, type: string, name: string): string {
  // A resource group is no resource of a provider.
  if (/^microsoft\.resources\/resourcegroups$/i.test(type)) return `${prefix}/resourceGroups/${name}`;
  return `${prefix}/providers/${unqualifiedId(type, name)}`;
}

/**
 * Fails unless a resource's name has one segment for each segment of its type after the namespace.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-template#solution-2---incorrect-segment-lengths
 */
export function checkSegments(type: string, name: string, place: Span | undefined): void {
  if (segmentsOf(type).length === segmentsOf(name).length + 1) return;
  throw new TemplateFault(
    `The template resource '${name}' for type '${type}'${atPlace(place)} has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    { span: place, isFramed: true },
  );
}

/** Azure ignores empty segments, as in `gateway//Microsoft.Insights/default`. */
function segmentsOf(text: string): string[] {
  return text.split('/').filter((segment) => segment !== '');
}

/** The form of an ID in which a resource group is no resource of a provider, as functions make it one. */
export function canonicalId(id: string): string {
  return id.replace(
    /^(\/subscriptions\/[^/]+)\/providers\/Microsoft\.Resources\/resourceGroups\//i,
    '$1/resourceGroups/',
  );
}

/** The type of a resource declared inside another one; a full type is tolerated. */
export function childType(parentType: string, type: string): string {
  return isWithin(parentType, type) ? type : `${parentType}/${type}`;
}

/** Whether a type names a provider of its own, and so is no child of the resource it is declared in. */
export function isForeignType(parentType: string, type: string): boolean {
  return /^[A-Za-z0-9]+\.[A-Za-z0-9.]+\//.test(type) && !isWithin(parentType, type);
}

function isWithin(parent: string, text: string): boolean {
  return text.toUpperCase().startsWith(`${parent.toUpperCase()}/`);
}

/** The name of a resource declared inside another one; a full name is tolerated. */
export function childName(parentName: string, name: string): string {
  return isWithin(parentName, name) ? name : `${parentName}/${name}`;
}
