import type { DeploymentContext } from '../deployment-context.ts';

/** Where a nested deployment says it goes to; undefined members are those of the deployment around it. */
export interface DeclaredTarget {
  readonly scope: string | undefined;
  readonly subscriptionId: string | undefined;
  readonly resourceGroup: string | undefined;
}

/**
 * The context of a nested deployment; the same object when it names no other place.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-to-resource-group
 */
export function deploymentTarget(declared: DeclaredTarget, around: DeploymentContext): DeploymentContext {
  const { scope, subscriptionId, resourceGroup } = declared;
  if (scope !== undefined) return scopeTarget(scope, around) ?? around;
  if (resourceGroup !== undefined) {
    return {
      ...around,
      scope: 'resourceGroup',
      resourceGroup,
      subscriptionId: subscriptionId ?? around.subscriptionId,
    };
  }
  return subscriptionId === undefined ? around : { ...around, scope: 'subscription', subscriptionId };
}

/** `/`, `Microsoft.Management/managementGroups/mg1`, `/subscriptions/…[/resourceGroups/…]`; undefined for a resource. */
function scopeTarget(scope: string, around: DeploymentContext): DeploymentContext | undefined {
  if (scope === '/') return { ...around, scope: 'tenant' };
  const [, managementGroup] =
    /^(?:\/providers\/)?Microsoft\.Management\/managementGroups\/([^/]+)\/?$/i.exec(scope) ?? [];
  if (managementGroup !== undefined) return { ...around, scope: 'managementGroup', managementGroup };
  const [, subscriptionId, resourceGroup] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/?$/i.exec(scope) ?? [];
  if (subscriptionId === undefined) return undefined;
  if (resourceGroup === undefined) return { ...around, scope: 'subscription', subscriptionId };
  return { ...around, scope: 'resourceGroup', subscriptionId, resourceGroup };
}
