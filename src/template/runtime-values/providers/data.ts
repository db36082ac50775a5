import { integerValue, objectValue, type Value } from '../../value.ts';
import type { ProviderTable } from '../providers.ts';
import { madeUpText, text } from './read-body.ts';

const storageServices = ['blob', 'file', 'queue', 'table', 'dfs'];

/** Stores and databases: their addresses follow from their names. */
export const dataProviders: ProviderTable = {
  'Microsoft.Storage/storageAccounts': ({ name }) => ({ properties: { primaryEndpoints: storageEndpoints(name) } }),
  'Microsoft.Sql/servers': ({ name }) => host('fullyQualifiedDomainName', `${name}.database.windows.net`),
  'Microsoft.DBforMySQL/flexibleServers': ({ name }) =>
    host('fullyQualifiedDomainName', `${name}.mysql.database.azure.com`),
  'Microsoft.DBforMySQL/servers': ({ name }) => host('fullyQualifiedDomainName', `${name}.mysql.database.azure.com`),
  'Microsoft.DBforPostgreSQL/flexibleServers': ({ name }) =>
    host('fullyQualifiedDomainName', `${name}.postgres.database.azure.com`),
  'Microsoft.DBforPostgreSQL/servers': ({ name }) =>
    host('fullyQualifiedDomainName', `${name}.postgres.database.azure.com`),
  'Microsoft.Cache/redis': ({ name }) => ({
    properties: {
      hostName: text(`${name}.redis.cache.windows.net`),
      sslPort: integerValue(6380),
      port: integerValue(6379),
    },
  }),
  'Microsoft.DocumentDB/databaseAccounts': ({ name }) =>
    host('documentEndpoint', `https://${name}.documents.azure.com:443/`),
};

function host(member: string, value: string): { properties: Record<string, Value> } {
  return { properties: { [member]: text(value) } };
}

/** https://learn.microsoft.com/azure/storage/common/storage-account-overview#standard-endpoints */
function storageEndpoints(name: string): Value {
  return objectValue([
    ...storageServices.map((service) => [service, text(`https://${name}.${service}.core.windows.net/`)] as const),
    // The zone's number differs between regions.
    ['web', madeUpText(`https://${name}.z1.web.core.windows.net/`)],
  ]);
}
