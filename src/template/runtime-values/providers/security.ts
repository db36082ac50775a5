import type { ProviderTable } from '../providers.ts';
import { madeUpGuid, madeUpText, nameSegment, text } from './read-body.ts';

const madeUpVersion = '00000000000000000000000000000001';

/** Key vaults and identities. */
export const securityProviders: ProviderTable = {
  'Microsoft.KeyVault/vaults': ({ name, tenantId }) => ({
    properties: { vaultUri: text(`https://${name}.vault.azure.net/`), tenantId: text(tenantId) },
  }),
  'Microsoft.KeyVault/vaults/secrets': (resource) => {
    const uri = `https://${nameSegment(resource, 0)}.vault.azure.net/secrets/${nameSegment(resource, 1)}`;
    return { properties: { secretUri: text(uri), secretUriWithVersion: madeUpText(`${uri}/${madeUpVersion}`) } };
  },
  'Microsoft.KeyVault/vaults/keys': (resource) => {
    const uri = `https://${nameSegment(resource, 0)}.vault.azure.net/keys/${nameSegment(resource, 1)}`;
    return { properties: { keyUri: text(uri), keyUriWithVersion: madeUpText(`${uri}/${madeUpVersion}`) } };
  },
  'Microsoft.ManagedIdentity/userAssignedIdentities': (resource) => ({
    properties: {
      principalId: madeUpGuid(resource, 'principalId'),
      clientId: madeUpGuid(resource, 'clientId'),
      tenantId: text(resource.tenantId),
    },
  }),
};
