import type { DeploymentContext } from '../deployment-context.ts';

/** `/subscriptions/{id}` */
export function subscriptionPrefix({ subscriptionId }: Pick<DeploymentContext, 'subscriptionId'>): string {
  return `/subscriptions/${subscriptionId}`;
}

/** `/subscriptions/{id}/resourceGroups/{name}` */
export function resourceGroupPrefix(scope: Pick<DeploymentContext, 'subscriptionId' | 'resourceGroup'>): string {
  return `${subscriptionPrefix(scope)}/resourceGroups/${scope.resourceGroup}`;
}

/** `/providers/Microsoft.Management/managementGroups/{name}` */
export function managementGroupPrefix(name: string): string {
  return `/providers/Microsoft.Management/managementGroups/${name}`;
}

/** `/providers/Microsoft.Network/virtualNetworks/vnet1/subnets/subnet1` of a full type and as many names. */
export function providerPath(type: string, names: readonly string[]): string {
  const [namespace = '', ...types] = typeSegments(type);
  return `/providers/${namespace}${types.map((segment, index) => `/${segment}/${names[index]}`).join('')}`;
}

/** A trailing slash, as in `Microsoft.Network/virtualNetworks/`, means nothing. */
export function typeSegments(type: string): readonly string[] {
  return (type.endsWith('/') ? type.slice(0, -1) : type).split('/');
}
