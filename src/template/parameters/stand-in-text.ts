import { defaultDeploymentContext } from '../deployment-context.ts';

const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** Types of resources whose IDs parameters often hold, by what the parameter's name says. */
const resourceTypes: readonly (readonly [RegExp, string])[] = [
  [/subnet/i, 'Microsoft.Network/virtualNetworks/vnet/subnets'],
  [/v(irtual)?net/i, 'Microsoft.Network/virtualNetworks'],
  [/(public)?ip/i, 'Microsoft.Network/publicIPAddresses'],
  [/workspace|loganalytics/i, 'Microsoft.OperationalInsights/workspaces'],
  [/vault/i, 'Microsoft.KeyVault/vaults'],
  [/storage/i, 'Microsoft.Storage/storageAccounts'],
  [/identity/i, 'Microsoft.ManagedIdentity/userAssignedIdentities'],
  [/policy/i, 'Microsoft.Network/applicationGatewayWebApplicationFirewallPolicies'],
  [/gateway|gw/i, 'Microsoft.Network/applicationGateways'],
];

/** A text that could be the value of a parameter with this name: an ID for one that ends so, else the name itself. */
export function standInText(name: string): string {
  const text = plainName(name);
  if (/(tenant|client|object|principal|subscription|app(lication)?)id$/.test(text)) return zeroGuid;
  if (!/([a-z0-9]Id|[_-]id|resource[Ii]d)$/.test(name)) return text;
  const type = resourceTypes.find(([pattern]) => pattern.test(text))?.[1] ?? 'Microsoft.Resources/resources';
  const { subscriptionId, resourceGroup } = defaultDeploymentContext;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type}/${text}`;
}

/** The name as a resource could be called: lower case, letters and digits. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '') || 'value';
}
