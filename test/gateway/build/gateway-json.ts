import type { Diagnostic } from '../../../src/base/diagnostic.ts';
import { buildGateway } from '../../../src/gateway/build/build-gateway.ts';
import type { Gateway } from '../../../src/gateway/model.ts';
import { buildResourceGraph } from '../../../src/resources/resource-graph.ts';
import type { DeployedResource } from '../../../src/template/evaluated-deployment.ts';
import { deploy, resourceId } from '../../resources/deployed-resource.ts';

export const gatewayType = 'Microsoft.Network/applicationGateways';

/** A reference to a sub-resource of the tests' gateway `gw`. */
export function ref(collection: string, name: string): { readonly id: string } {
  return { id: resourceId(`${gatewayType}/${collection}`, 'gw', name) };
}

/** A gateway with one of each collection that a request passes through; `changes` replaces some. */
export function gatewayProperties(changes: object = {}): Record<string, unknown> {
  return {
    sku: { name: 'Standard_v2', tier: 'Standard_v2', capacity: 2 },
    frontendIPConfigurations: [
      {
        name: 'public',
        properties: { publicIPAddress: { id: resourceId('Microsoft.Network/publicIPAddresses', 'ip') } },
      },
    ],
    frontendPorts: [{ name: 'http', properties: { port: 80 } }],
    probes: [{ name: 'health', properties: {} }],
    backendAddressPools: [{ name: 'web', properties: { backendAddresses: [{ ipAddress: '10.0.0.4' }] } }],
    backendHttpSettingsCollection: [{ name: 'plain', properties: { port: 80, probe: ref('probes', 'health') } }],
    httpListeners: [
      {
        name: 'site',
        properties: {
          frontendIPConfiguration: ref('frontendIPConfigurations', 'public'),
          frontendPort: ref('frontendPorts', 'http'),
        },
      },
    ],
    urlPathMaps: [
      {
        name: 'map',
        properties: {
          defaultBackendAddressPool: ref('backendAddressPools', 'web'),
          defaultBackendHttpSettings: ref('backendHttpSettingsCollection', 'plain'),
          pathRules: [
            {
              name: 'old',
              properties: { paths: ['/old/*'], redirectConfiguration: ref('redirectConfigurations', 'away') },
            },
          ],
        },
      },
    ],
    redirectConfigurations: [{ name: 'away', properties: { targetUrl: 'https://contoso.com' } }],
    rewriteRuleSets: [{ name: 'headers', properties: {} }],
    requestRoutingRules: [
      {
        name: 'rule',
        properties: {
          ruleType: 'PathBasedRouting',
          priority: 10,
          httpListener: ref('httpListeners', 'site'),
          urlPathMap: ref('urlPathMaps', 'map'),
        },
      },
    ],
    ...changes,
  };
}

export interface Built {
  readonly gateway: Gateway;
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds a gateway named `gw` with these properties, beside some other resources. */
export function build(properties: object, others: readonly DeployedResource[] = []): Built {
  return buildResource(deploy({ type: gatewayType, name: 'gw', properties }), others);
}

export function buildResource(resource: DeployedResource, others: readonly DeployedResource[] = []): Built {
  const { value, diagnostics } = buildGateway(resource, buildResourceGraph([resource, ...others]));
  return { gateway: value, diagnostics };
}
