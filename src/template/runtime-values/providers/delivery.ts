import { arrayValue } from '../../value.ts';
import type { ProviderTable } from '../providers.ts';
import { madeUpAddress, nameSegment, text } from './read-body.ts';

/** What delivers content and APIs. */
export const deliveryProviders: ProviderTable = {
  'Microsoft.ApiManagement/service': (resource) => ({
    properties: {
      gatewayUrl: text(`https://${resource.name}.azure-api.net`),
      developerPortalUrl: text(`https://${resource.name}.developer.azure-api.net`),
      managementApiUrl: text(`https://${resource.name}.management.azure-api.net`),
      scmUrl: text(`https://${resource.name}.scm.azure-api.net`),
      privateIPAddresses: arrayValue([madeUpAddress(`${resource.id} private`)]),
      publicIPAddresses: arrayValue([madeUpAddress(resource.id)]),
    },
  }),
  'Microsoft.Cdn/profiles/endpoints': (resource) => ({
    properties: { hostName: text(`${nameSegment(resource, 1)}.azureedge.net`) },
  }),
  'Microsoft.ContainerRegistry/registries': ({ name }) => ({
    properties: { loginServer: text(`${name.toLowerCase()}.azurecr.io`) },
  }),
  'Microsoft.AppConfiguration/configurationStores': ({ name }) => ({
    properties: { endpoint: text(`https://${name}.azconfig.io`) },
  }),
  'Microsoft.Search/searchServices': ({ name }) => ({
    properties: { endpoint: text(`https://${name}.search.windows.net`) },
  }),
};
