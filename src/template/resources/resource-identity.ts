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
  const names = name.split('/');
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
  if (type.split('/').length === name.split('/').length + 1) return;
  throw new TemplateFault(
    `The template resource '${name}' for type '${type}'${atPlace(place)} has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    { span: place, isFramed: true },
  );
}

/** The type of a resource declared inside another one; a full type is tolerated. */
export function childType(parentType: string, type: string): string {
  const isFull = type.toUpperCase().startsWith(`${parentType.toUpperCase()}/`);
  return isFull ? type : `${parentType}/${type}`;
}

/** The name of a resource declared inside another one; a full name is tolerated. */
export function childName(parentName: string, name: string): string {
  const isFull = name.toUpperCase().startsWith(`${parentName.toUpperCase()}/`);
  return isFull ? name : `${parentName}/${name}`;
}
