import { sameName } from '../../base/case-insensitive-map.ts';
import { type Diagnostic, diagnose, type Result } from '../../base/diagnostic.ts';
import { parseResourceId } from '../../base/resource-id.ts';
import { PropertyReader } from '../../resources/property-reader.ts';
import type { ResourceGraph } from '../../resources/resource-graph.ts';
import type { DeployedResource } from '../../template/evaluated-deployment.ts';
import { isMadeUp } from '../../template/runtime-values/made-up.ts';
import type { Gateway } from '../model.ts';
import { buildCollections } from './build-collections.ts';
import type { BuildContext } from './build-context.ts';
import { buildCustomErrorConfigurations } from './custom-error-configurations.ts';
import { originOf } from './entries.ts';
import { buildAutoscale, buildGlobalConfiguration, buildSku } from './gateway-settings.ts';
import { findNotEmulated } from './not-emulated.ts';
import { buildSslPolicy } from './ssl-policy.ts';

/** The application gateways among the resources of a deployment. */
export function findGateways(resources: readonly DeployedResource[]): readonly DeployedResource[] {
  return resources.filter(({ type }) => sameName(type, 'Microsoft.Network/applicationGateways'));
}

/**
 * Builds the gateway that a resource describes, as well as it can be built. Reported is what keeps it from being as
 * written: references to nothing, names used twice. Whether the result makes sense is for lint to say.
 */
export function buildGateway(resource: DeployedResource, graph: ResourceGraph): Result<Gateway> {
  const diagnostics: Diagnostic[] = [];
  const reader = new PropertyReader(resource.body, '', resource.origin);
  const properties = reader.object('properties');
  const sku = buildSku(properties);
  const context: BuildContext = {
    gatewayId: resource.id,
    ownId: parseResourceId(resource.id),
    gatewayName: resource.name,
    generation: sku.generation,
    graph,
    properties,
    foreignScopes: new Set(),
    report: (kind, details) => diagnostics.push(diagnose(kind, details)),
  };
  const gateway: Gateway = {
    id: resource.id,
    name: resource.name,
    location: resource.location ?? reader.text('location'),
    apiVersion: apiVersionOf(resource, reader),
    sku,
    zones: reader.strings('zones'),
    autoscale: buildAutoscale(properties),
    enableHttp2: properties.boolean('enableHttp2') ?? false,
    globalConfiguration: buildGlobalConfiguration(properties),
    sslPolicy: buildSslPolicy(properties),
    customErrorConfigurations: buildCustomErrorConfigurations(properties),
    firewallPolicyId: properties.object('firewallPolicy').text('id'),
    ...buildCollections(context),
    notEmulated: findNotEmulated(properties),
    origin: originOf(reader),
  };
  return { value: gateway, diagnostics };
}

/** Null also where something stands in for a version: which one it will be is not known. */
function apiVersionOf(resource: DeployedResource, reader: PropertyReader): string | null {
  const written = reader.get('apiVersion');
  if (written !== undefined && isMadeUp(written)) return null;
  return resource.apiVersion ?? reader.text('apiVersion');
}
