import { arrayValue, getValue, type ObjectValue, objectValue, type Value } from '../../value.ts';
import type { ProviderTable } from '../providers.ts';
import type { KnownResource } from '../runtime-state.ts';
import { madeUpPrivateAddress } from './private-address.ts';
import { madeUpAddress, madeUpGuid, madeUpText, objectsAt, text, textAt, valueAt, withMembers } from './read-body.ts';

/** https://learn.microsoft.com/rest/api/virtualnetwork/ and its neighbours */
export const networkProviders: ProviderTable = {
  'Microsoft.Network/publicIPAddresses': publicAddress,
  'Microsoft.Network/virtualNetworks': (resource) => ({
    properties: { ...withIds(resource, 'subnets'), resourceGuid: madeUpGuid(resource, 'resourceGuid') },
  }),
  'Microsoft.Network/networkInterfaces': (resource) => ({
    properties: {
      ...withPrivateAddresses(resource, 'ipConfigurations'),
      macAddress: madeUpText('00-0D-3A-00-00-01'),
      resourceGuid: madeUpGuid(resource, 'resourceGuid'),
    },
  }),
  'Microsoft.Network/applicationGateways': (resource) => ({
    properties: {
      ...Object.assign({}, ...gatewayCollections.map((collection) => withIds(resource, collection))),
      ...(resource.isDeclared ? { operationalState: text('Running') } : {}),
      resourceGuid: madeUpGuid(resource, 'resourceGuid'),
    },
  }),
  'Microsoft.Network/loadBalancers': (resource) => ({
    properties: {
      ...withPrivateAddresses(resource, 'frontendIPConfigurations'),
      ...Object.assign({}, ...balancerCollections.map((collection) => withIds(resource, collection))),
    },
  }),
  'Microsoft.Network/azureFirewalls': (resource) => ({
    properties: withPrivateAddresses(resource, 'ipConfigurations'),
  }),
  'Microsoft.Network/virtualNetworkGateways': (resource) => ({
    properties: withPrivateAddresses(resource, 'ipConfigurations'),
  }),
  'Microsoft.Network/privateEndpoints': privateEndpoint,
  'Microsoft.Network/trafficManagerProfiles': (resource) => {
    const relativeName = textAt(resource.body, 'properties', 'dnsConfig', 'relativeName');
    if (relativeName === undefined) return {};
    return { properties: { dnsConfig: objectValue([['fqdn', text(`${relativeName}.trafficmanager.net`)]]) } };
  },
};

const gatewayCollections = [
  'authenticationCertificates',
  'backendAddressPools',
  'backendHttpSettingsCollection',
  'backendSettingsCollection',
  'frontendIPConfigurations',
  'frontendPorts',
  'gatewayIPConfigurations',
  'httpListeners',
  'listeners',
  'probes',
  'redirectConfigurations',
  'requestRoutingRules',
  'rewriteRuleSets',
  'routingRules',
  'sslCertificates',
  'sslProfiles',
  'trustedClientCertificates',
  'trustedRootCertificates',
  'urlPathMaps',
];

const balancerCollections = ['backendAddressPools', 'inboundNatRules', 'loadBalancingRules', 'probes'];

/** https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#dns-name-label */
function publicAddress(resource: KnownResource): ReturnType<ProviderTable[string]> {
  const { body, region, isDeclared } = resource;
  const label = textAt(body, 'properties', 'dnsSettings', 'domainNameLabel');
  // With a scope, Azure puts a hash into the name that cannot be foretold.
  const hasHash = textAt(body, 'properties', 'dnsSettings', 'domainNameLabelScope') !== undefined;
  const names =
    label === undefined || hasHash
      ? {}
      : { dnsSettings: objectValue([['fqdn', text(`${label}.${region}.cloudapp.azure.com`)]]) };
  if (!isDeclared) return {};
  return {
    properties: {
      ...names,
      ipAddress: declaredOr(body, 'ipAddress', madeUpAddress(resource.id)),
      resourceGuid: madeUpGuid(resource, 'resourceGuid'),
    },
    absentMembers: valueAt(body, 'properties', 'dnsSettings') === undefined ? ['dnsSettings'] : [],
  };
}

function declaredOr(body: ObjectValue, key: string, otherwise: Value): Value {
  return valueAt(body, 'properties', key) ?? otherwise;
}

/** The elements of a collection with their IDs. */
function withIds({ body, id }: KnownResource, collection: string): Record<string, Value> {
  const elements = objectsAt(body, 'properties', collection);
  if (elements.length === 0) return {};
  return { [collection]: arrayValue(elements.map((element) => withId(element, `${id}/${collection}`))) };
}

function withId(element: ObjectValue, prefix: string): ObjectValue {
  const name = textAt(element, 'name');
  return name === undefined ? element : withMembers(element, { id: text(`${prefix}/${name}`) });
}

/** The IP configurations with the addresses they ask for or, when Azure assigns them, made-up ones. */
function withPrivateAddresses({ body, id }: KnownResource, collection: string): Record<string, Value> {
  const elements = objectsAt(body, 'properties', collection);
  if (elements.length === 0) return {};
  return {
    [collection]: arrayValue(
      elements.map((element, index) => withPrivateAddress(withId(element, `${id}/${collection}`), `${id}#${index}`)),
    ),
  };
}

function withPrivateAddress(element: ObjectValue, seed: string): ObjectValue {
  const properties = getValue(element, 'properties');
  if (properties?.kind !== 'Object') return element;
  const isPrivate = valueAt(properties, 'subnet') !== undefined;
  if (!isPrivate || valueAt(properties, 'privateIPAddress') !== undefined) return element;
  return withMembers(element, {
    properties: withMembers(properties, { privateIPAddress: madeUpPrivateAddress(seed) }),
  });
}

function privateEndpoint(resource: KnownResource): ReturnType<ProviderTable[string]> {
  if (!resource.isDeclared) return {};
  const { id, name, subscriptionId, resourceGroup } = resource;
  const nic = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/networkInterfaces/${name}.nic`;
  const address = madeUpPrivateAddress(id);
  return {
    properties: {
      networkInterfaces: arrayValue([objectValue([['id', madeUpText(nic)]])]),
      customDnsConfigs: arrayValue([objectValue([['ipAddresses', arrayValue([address])]])]),
    },
  };
}
