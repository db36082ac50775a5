import { diagnose, type Result } from '../base/diagnostic.ts';
import { parseResourceId } from '../base/resource-id.ts';
import type { DeploymentContext } from '../template/deployment-context.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import type { ObjectValue, Value } from '../template/value.ts';
import { schemaKinds } from './diagnostics.ts';
import {
  gatewayDocumentKind,
  isMeantAsTemplate,
  isParametersFile,
  listedDocuments,
  looksLikeGateway,
  restExampleBody,
} from './gateway-document.ts';
import { inflate } from './inflate.ts';
import { placeholderIn } from './placeholder-in.ts';
import { PropertyReader } from './property-reader.ts';

export { isMeantAsTemplate, looksLikeGateway };

const gatewayType = 'Microsoft.Network/applicationGateways';

/** The part of a deployment's context that says where a gateway without an ID is. */
type Scope = Pick<DeploymentContext, 'subscriptionId' | 'resourceGroup'>;

/** The resources of a document that is not a template: a gateway in one of the forms of `GatewayDocumentKind`. */
export function resourcesOfGatewayDocument(document: Value, context: Scope): Result<readonly DeployedResource[]> {
  const kind = gatewayDocumentKind(document);
  if (kind === 'list') return { value: gatewaysOfList(document, context), diagnostics: [] };
  if (kind === undefined || document.kind !== 'Object') return notAGateway(document);
  const reader = new PropertyReader(document, '');
  switch (kind) {
    case 'resource':
    case 'answer':
    case 'body':
      return { value: [resourceOf(document, context)], diagnostics: [] };
    case 'flattened':
      return { value: [resourceOf(inflate(document, gatewayType), context)], diagnostics: [] };
    case 'restExample':
      return { value: [resourceOfExample(reader, context)], diagnostics: [] };
  }
}

function gatewaysOfList(document: Value, context: Scope): readonly DeployedResource[] {
  return listedDocuments(document).flatMap((item) => resourcesOfGatewayDocument(item, context).value);
}

function notAGateway(document: Value): Result<readonly DeployedResource[]> {
  const finding = diagnose(schemaKinds.notAGateway, {
    message:
      'The document is neither a template nor an application gateway: it has no resources, and no properties such as ' +
      "'httpListeners'.",
    span: document.origin,
    hint: isParametersFile(document)
      ? 'It is a parameter file: name its template, and give it with --parameters.'
      : undefined,
  });
  return { value: [], diagnostics: [finding] };
}

function resourceOf(body: ObjectValue, scope: Scope, name?: string, apiVersion?: string): DeployedResource {
  const reader = new PropertyReader(body, '');
  const id = reader.text('id') ?? idOf(body, scope, reader.text('name') ?? name);
  return {
    id,
    type: gatewayType,
    name: reader.text('name') ?? name ?? parseResourceId(id)?.names[0] ?? defaultName,
    apiVersion: reader.text('apiVersion') ?? apiVersion,
    location: reader.text('location') ?? undefined,
    body,
    deploymentPath: [],
    scope: 'resourceGroup',
    symbolicName: undefined,
    origin: body.origin,
  };
}

/** An example says beside the body where it is sent to. */
function resourceOfExample(example: PropertyReader, context: Scope): DeployedResource {
  const parameters = example.object('parameters');
  const scope = {
    subscriptionId: parameters.text('subscriptionId') ?? context.subscriptionId,
    resourceGroup: parameters.text('resourceGroupName') ?? context.resourceGroup,
  };
  const name = parameters.text('applicationGatewayName') ?? undefined;
  const body = restExampleBody(example) ?? example.value;
  return resourceOf(body, scope, name, parameters.text('api-version') ?? undefined);
}

const defaultName = 'gateway';

/**
 * A gateway without an ID of its own is the one that the IDs inside it speak of, unless they leave it to the reader to
 * fill in a subscription.
 */
function idOf(body: ObjectValue, scope: Scope, writtenName: string | undefined): string {
  const inside = gatewayIdInside(body);
  const nameInside = inside === undefined ? undefined : parseResourceId(inside)?.names[0];
  const name = writtenName ?? nameInside ?? defaultName;
  if (inside !== undefined && placeholderIn(inside) === undefined && nameInside === name) return inside;
  const { subscriptionId, resourceGroup } = scope;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${gatewayType}/${name}`;
}

/** The first ID of a part of a gateway in the body, without what names the part. */
function gatewayIdInside(value: Value): string | undefined {
  if (value.kind === 'String') return /^(\/.*\/applicationGateways\/[^/]+)\/[^/]+\/[^/]+$/i.exec(value.value)?.[1];
  const parts =
    value.kind === 'Object'
      ? Array.from(value.members.values(), (member) => member.value)
      : value.kind === 'Array'
        ? value.items
        : [];
  for (const part of parts) {
    const id = gatewayIdInside(part);
    if (id !== undefined) return id;
  }
  return undefined;
}
