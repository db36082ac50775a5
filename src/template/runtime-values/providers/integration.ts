import type { ProviderTable } from '../providers.ts';
import type { KnownResource } from '../runtime-state.ts';
import { madeUpGuid, madeUpText, text, textAt } from './read-body.ts';

/** Messaging and monitoring. */
export const integrationProviders: ProviderTable = {
  'Microsoft.ServiceBus/namespaces': namespace,
  'Microsoft.EventHub/namespaces': namespace,
  'Microsoft.Relay/namespaces': namespace,
  'Microsoft.OperationalInsights/workspaces': (resource) => ({
    properties: { customerId: madeUpGuid(resource, 'customerId') },
  }),
  'Microsoft.Insights/components': (resource) => {
    const key = madeUpGuid(resource, 'InstrumentationKey');
    const keyText = key.kind === 'String' ? key.value : '';
    return {
      properties: {
        InstrumentationKey: key,
        ConnectionString: madeUpText(`InstrumentationKey=${keyText}`),
        AppId: madeUpGuid(resource, 'AppId'),
      },
    };
  },
  'Microsoft.CognitiveServices/accounts': ({ body }) => {
    const domain = textAt(body, 'properties', 'customSubDomainName');
    return domain === undefined
      ? {}
      : { properties: { endpoint: text(`https://${domain}.cognitiveservices.azure.com/`) } };
  },
};

function namespace({ name }: KnownResource): ReturnType<ProviderTable[string]> {
  return { properties: { serviceBusEndpoint: text(`https://${name}.servicebus.windows.net:443/`) } };
}
