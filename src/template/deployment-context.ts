/** Where Azure would deploy to. Everything `resourceGroup()`, `subscription()` and their like answer comes from here. */
export interface DeploymentContext {
  readonly scope: DeploymentScope;
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** Display name of the subscription. */
  readonly subscriptionName: string;
  readonly resourceGroup: string;
  /** Azure region of the resource group, and of a deployment to a higher scope. */
  readonly location: string;
  readonly managementGroup: string;
  /** Name of the deployment; Azure's clients use the template's file name without its ending. */
  readonly name: string;
  readonly resourceGroupTags: Readonly<Record<string, string>>;
  readonly cloud: CloudName;
  readonly deployer: Deployer;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#environment */
export const cloudNames = ['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'] as const;

export type CloudName = (typeof cloudNames)[number];

/** Who deploys. */
export interface Deployer {
  readonly objectId: string;
  /** That of the deployment unless it is given. */
  readonly tenantId: string | undefined;
  readonly userPrincipalName: string;
}

export type DeploymentScope = 'resourceGroup' | 'subscription' | 'managementGroup' | 'tenant';

/** What stands for the user's own deployment when nothing else is said; stable, so that generated names are too. */
export const defaultDeploymentContext: DeploymentContext = {
  scope: 'resourceGroup',
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  tenantId: '00000000-0000-0000-0000-000000000000',
  subscriptionName: 'agate',
  resourceGroup: 'agate',
  location: 'westeurope',
  managementGroup: 'agate',
  name: 'azuredeploy',
  resourceGroupTags: {},
  cloud: 'AzureCloud',
  // Nobody signs in offline. As for a service principal, there is no user name.
  deployer: { objectId: '00000000-0000-0000-0000-000000000000', tenantId: undefined, userPrincipalName: '' },
};
