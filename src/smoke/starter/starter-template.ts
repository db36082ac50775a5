/** A small template to begin with: one site, its images on servers of their own. */
export function renderStarterTemplate(): string {
  return `${JSON.stringify(template, null, 2)}\n`;
}

const gatewayId = "resourceId('Microsoft.Network/applicationGateways', parameters('gatewayName'))";

/** A reference to a part of the gateway, as ARM wants it. */
function ref(collection: string, name: string) {
  return { id: `[concat(${gatewayId}, '/${collection}/${name}')]` };
}

function pool(name: string, parameter: string) {
  const address = "lambda('address', createObject('ipAddress', lambdaVariables('address')))";
  return { name, properties: { backendAddresses: `[map(parameters('${parameter}'), ${address})]` } };
}

function named(name: string, properties: object) {
  return { name, properties };
}

const webTarget = {
  backendAddressPool: ref('backendAddressPools', 'web'),
  backendHttpSettings: ref('backendHttpSettingsCollection', 'plain'),
};

const gatewayProperties = {
  sku: { name: 'Standard_v2', tier: 'Standard_v2' },
  autoscaleConfiguration: { minCapacity: 2, maxCapacity: 4 },
  gatewayIPConfigurations: [
    named('gateway', {
      subnet: { id: "[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('vnetName'), 'gateway')]" },
    }),
  ],
  frontendIPConfigurations: [
    named('public', {
      publicIPAddress: { id: "[resourceId('Microsoft.Network/publicIPAddresses', variables('publicIPName'))]" },
    }),
  ],
  frontendPorts: [named('http', { port: 80 })],
  httpListeners: [
    named('site', {
      frontendIPConfiguration: ref('frontendIPConfigurations', 'public'),
      frontendPort: ref('frontendPorts', 'http'),
      protocol: 'Http',
      hostName: "[parameters('hostName')]",
    }),
  ],
  backendAddressPools: [pool('web', 'webServers'), pool('images', 'imageServers')],
  probes: [
    named('health', {
      protocol: 'Http',
      host: "[parameters('hostName')]",
      path: '/healthz',
      interval: 30,
      timeout: 30,
      unhealthyThreshold: 3,
      match: { statusCodes: ['200-299'] },
    }),
  ],
  backendHttpSettingsCollection: [
    named('plain', {
      port: 80,
      protocol: 'Http',
      requestTimeout: 30,
      connectionDraining: { enabled: true, drainTimeoutInSec: 60 },
      probe: ref('probes', 'health'),
    }),
  ],
  urlPathMaps: [
    named('site', {
      defaultBackendAddressPool: webTarget.backendAddressPool,
      defaultBackendHttpSettings: webTarget.backendHttpSettings,
      pathRules: [
        named('images', {
          paths: ['/images/*'],
          ...webTarget,
          backendAddressPool: ref('backendAddressPools', 'images'),
        }),
      ],
    }),
  ],
  requestRoutingRules: [
    named('site', {
      ruleType: 'PathBasedRouting',
      priority: 100,
      httpListener: ref('httpListeners', 'site'),
      urlPathMap: ref('urlPathMaps', 'site'),
    }),
  ],
};

const common = { apiVersion: '2024-05-01', location: "[parameters('location')]" };

const template = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  metadata: { description: 'A site behind an application gateway, with servers of its own for images.' },
  parameters: {
    gatewayName: { type: 'string', defaultValue: 'gateway' },
    location: { type: 'string', defaultValue: '[resourceGroup().location]' },
    hostName: { type: 'string', defaultValue: 'www.contoso.com' },
    webServers: { type: 'array', defaultValue: ['10.0.1.4', '10.0.1.5'] },
    imageServers: { type: 'array', defaultValue: ['10.0.2.4'] },
  },
  variables: {
    vnetName: "[format('{0}-vnet', parameters('gatewayName'))]",
    publicIPName: "[format('{0}-ip', parameters('gatewayName'))]",
  },
  resources: [
    {
      type: 'Microsoft.Network/virtualNetworks',
      name: "[variables('vnetName')]",
      ...common,
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [named('gateway', { addressPrefix: '10.0.0.0/24' })],
      },
    },
    {
      type: 'Microsoft.Network/publicIPAddresses',
      name: "[variables('publicIPName')]",
      ...common,
      sku: { name: 'Standard' },
      zones: ['1', '2', '3'],
      properties: { publicIPAllocationMethod: 'Static' },
    },
    {
      type: 'Microsoft.Network/applicationGateways',
      name: "[parameters('gatewayName')]",
      ...common,
      zones: ['1', '2', '3'],
      dependsOn: [
        "[resourceId('Microsoft.Network/virtualNetworks', variables('vnetName'))]",
        "[resourceId('Microsoft.Network/publicIPAddresses', variables('publicIPName'))]",
      ],
      properties: gatewayProperties,
    },
  ],
};
