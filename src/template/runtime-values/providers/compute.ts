import { objectValue, type Value } from '../../value.ts';
import type { ProviderTable } from '../providers.ts';
import type { KnownResource } from '../runtime-state.ts';
import { madeUpGuid, madeUpText, text, textAt, valueAt } from './read-body.ts';

/** https://learn.microsoft.com/rest/api/aks/managed-clusters */
export const computeProviders: ProviderTable = {
  'Microsoft.Compute/virtualMachines': (resource) => ({ properties: { vmId: madeUpGuid(resource, 'vmId') } }),
  'Microsoft.ContainerService/managedClusters': managedCluster,
};

function managedCluster(resource: KnownResource): ReturnType<ProviderTable[string]> {
  const { body, name, region, resourceGroup, isDeclared } = resource;
  if (!isDeclared) return {};
  const prefix = textAt(body, 'properties', 'dnsPrefix') ?? name;
  const nodeGroup = textAt(body, 'properties', 'nodeResourceGroup') ?? `MC_${resourceGroup}_${name}_${region}`;
  return {
    properties: {
      nodeResourceGroup: text(nodeGroup),
      fqdn: madeUpText(`${prefix}-00000000.hcp.${region}.azmk8s.io`),
      privateFQDN: madeUpText(`${prefix}-00000000.privatelink.${region}.azmk8s.io`),
      identityProfile: objectValue([['kubeletidentity', managedIdentity(resource, nodeGroup, `${name}-agentpool`)]]),
      oidcIssuerProfile: objectValue([['issuerURL', madeUpText(`https://${region}.oic.prod-aks.azure.com/${name}/`)]]),
      ...addonProfiles(resource, nodeGroup),
    },
  };
}

function managedIdentity(resource: KnownResource, nodeGroup: string, identity: string): Value {
  const id = `/subscriptions/${resource.subscriptionId}/resourcegroups/${nodeGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identity}`;
  return objectValue([
    ['resourceId', text(id)],
    ['clientId', madeUpGuid(resource, `${identity} clientId`)],
    ['objectId', madeUpGuid(resource, `${identity} objectId`)],
  ]);
}

/** The add-on that runs the application gateway has an identity of its own. */
function addonProfiles(resource: KnownResource, nodeGroup: string): Record<string, Value> {
  const addon = valueAt(resource.body, 'properties', 'addonProfiles', 'ingressApplicationGateway');
  if (addon?.kind !== 'Object') return {};
  const identity = managedIdentity(resource, nodeGroup, `ingressapplicationgateway-${resource.name}`);
  const gateway = textAt(addon, 'config', 'applicationGatewayId');
  const config =
    gateway === undefined ? [] : [['config', objectValue([['effectiveApplicationGatewayId', text(gateway)]])] as const];
  return {
    addonProfiles: objectValue([['ingressApplicationGateway', objectValue([['identity', identity], ...config])]]),
  };
}
