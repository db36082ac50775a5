const gatewayName = 'soak';

function idOf(collection: string, name: string): { readonly id: string } {
  const type = `Microsoft.Network/applicationGateways/${collection}`;
  return { id: `[resourceId('${type}', '${gatewayName}', '${name}')]` };
}

function target(pool: string) {
  return {
    backendAddressPool: idOf('backendAddressPools', pool),
    backendHttpSettings: idOf('backendHttpSettingsCollection', 'settings'),
    rewriteRuleSet: idOf('rewriteRuleSets', 'round'),
  };
}

function pathRule(name: string, properties: object) {
  return { name, properties: { paths: [`/${name}/*`], ...properties } };
}

/** Servers by pool: two that are sound, one that is not beside a sound one, and one that answers late. */
export const members = {
  sound: ['10.0.0.4', '10.0.0.5'],
  faulty: ['10.0.1.4', '10.0.1.5'],
  late: ['10.0.2.4'],
} as const;

const pathRules = [
  pathRule('sound', target('sound')),
  pathRule('faulty', target('faulty')),
  pathRule('late', target('late')),
  pathRule('old', { redirectConfiguration: idOf('redirectConfigurations', 'moved') }),
];

/** The gateway of the soak; its answers tell in which round it was deployed. */
export function soakTemplate(round: number): string {
  return JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Network/applicationGateways',
        apiVersion: '2023-09-01',
        name: gatewayName,
        location: 'westeurope',
        properties: propertiesOf(round),
      },
    ],
  });
}

function propertiesOf(round: number): object {
  const subnet = "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'soak', 'gateway')]";
  const publicIPAddress = "[resourceId('Microsoft.Network/publicIPAddresses', 'soak')]";
  const defaults = target('sound');
  return {
    sku: { name: 'Standard_v2', tier: 'Standard_v2', capacity: 1 },
    gatewayIPConfigurations: [{ name: 'subnet', properties: { subnet: { id: subnet } } }],
    frontendIPConfigurations: [{ name: 'public', properties: { publicIPAddress: { id: publicIPAddress } } }],
    frontendPorts: [{ name: 'http', properties: { port: 80 } }],
    backendAddressPools: Object.entries(members).map(([name, addresses]) => ({
      name,
      properties: { backendAddresses: addresses.map((ipAddress) => ({ ipAddress })) },
    })),
    backendHttpSettingsCollection: [
      {
        name: 'settings',
        properties: { port: 80, protocol: 'Http', cookieBasedAffinity: 'Disabled', requestTimeout: 20 },
      },
    ],
    httpListeners: [
      {
        name: 'http',
        properties: {
          frontendIPConfiguration: idOf('frontendIPConfigurations', 'public'),
          frontendPort: idOf('frontendPorts', 'http'),
          protocol: 'Http',
        },
      },
    ],
    rewriteRuleSets: [{ name: 'round', properties: { rewriteRules: [rewriteRule(round)] } }],
    redirectConfigurations: [
      {
        name: 'moved',
        properties: { redirectType: 'Permanent', targetUrl: 'https://new.test', includePath: true },
      },
    ],
    urlPathMaps: [
      {
        name: 'paths',
        properties: {
          defaultBackendAddressPool: defaults.backendAddressPool,
          defaultBackendHttpSettings: defaults.backendHttpSettings,
          pathRules,
        },
      },
    ],
    requestRoutingRules: [
      {
        name: 'paths',
        properties: {
          ruleType: 'PathBasedRouting',
          priority: 100,
          httpListener: idOf('httpListeners', 'http'),
          urlPathMap: idOf('urlPathMaps', 'paths'),
        },
      },
    ],
  };
}

function rewriteRule(round: number): object {
  return {
    name: 'round',
    ruleSequence: 100,
    actionSet: {
      requestHeaderConfigurations: [{ headerName: 'X-Path', headerValue: '{var_uri_path}' }],
      responseHeaderConfigurations: [{ headerName: 'X-Round', headerValue: `${round}` }],
    },
  };
}
