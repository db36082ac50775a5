import { sameName } from '../base/case-insensitive-map.ts';
import type { ObjectValue, Value } from '../template/value.ts';
import { PropertyReader } from './property-reader.ts';

/**
 * The forms, other than a template, in which a gateway comes as a document:
 * - `resource`: a resource out of a template, with an `apiVersion`; it may have expressions in it
 * - `answer`: what Azure answers to a GET of the gateway
 * - `flattened`: what `az network application-gateway show` prints, without the `properties` envelopes
 * - `body`: what is sent to Azure in a PUT, without name and type
 * - `restExample`: an example of the REST documentation, with the body of a request or answer in it
 * - `list`: several of these, as `az network application-gateway list` and the REST interface give them
 */
export type GatewayDocumentKind = 'resource' | 'answer' | 'flattened' | 'body' | 'restExample' | 'list';

/** Which form a document has; undefined for one that describes no gateway by itself, such as a template. */
export function gatewayDocumentKind(document: Value): GatewayDocumentKind | undefined {
  if (listedDocuments(document).some(looksLikeGateway)) return 'list';
  if (document.kind !== 'Object') return undefined;
  const reader = new PropertyReader(document, '');
  if (isTemplate(reader)) return undefined;
  if (isGatewayType(reader) && reader.has('properties')) return reader.has('apiVersion') ? 'resource' : 'answer';
  if (hasCollections(reader.object('properties')) && !reader.has('type')) return 'body';
  if (hasCollections(reader) && (isGatewayType(reader) || !reader.has('type'))) return 'flattened';
  return restExampleBody(reader) === undefined ? undefined : 'restExample';
}

/** Whether a document is a gateway in one of the forms above. */
export function looksLikeGateway(document: Value): boolean {
  return gatewayDocumentKind(document) !== undefined;
}

/** The members of a list: an array, or an array under `value`. */
export function listedDocuments(document: Value): readonly Value[] {
  if (document.kind === 'Array') return document.items;
  if (document.kind !== 'Object') return [];
  const value = new PropertyReader(document, '').get('value');
  return value?.kind === 'Array' ? value.items : [];
}

/** The gateway in an example: the body of the request or, where there is none, of the first answer that has one. */
export function restExampleBody(example: PropertyReader): ObjectValue | undefined {
  const responses = example.object('responses');
  const answers = [...responses.value.members.keys()].map((status) => responses.object(status).object('body'));
  return [example.object('parameters').object('parameters'), ...answers].find((body) =>
    hasCollections(body.object('properties')),
  )?.value;
}

/** Whether a document is a template, or would be one if nothing was wrong with it. */
export function isMeantAsTemplate(document: Value): boolean {
  if (document.kind !== 'Object' || isParametersFile(document)) return false;
  const reader = new PropertyReader(document, '');
  return reader.has('resources') || /deploymentTemplate\.json/i.test(reader.string('$schema') ?? '');
}

/**
 * Whether a document says so, or holds values of parameters and nothing to deploy; some bear the schema of a template.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files
 */
export function isParametersFile(document: Value): boolean {
  if (document.kind !== 'Object') return false;
  const reader = new PropertyReader(document, '');
  if (/deploymentParameters\.json/i.test(reader.string('$schema') ?? '')) return !reader.has('resources');
  const names = [...reader.object('parameters').value.members.keys()];
  return !reader.has('resources') && names.length > 0 && names.every((name) => isGivenValue(reader, name));
}

function isGivenValue(file: PropertyReader, name: string): boolean {
  const entry = file.object('parameters').object(name);
  return !entry.has('type') && (entry.has('value') || entry.has('reference'));
}

function isTemplate(reader: PropertyReader): boolean {
  // A gateway may have resources too: those declared inside it.
  return reader.has('$schema') || reader.has('contentVersion') || (reader.has('resources') && !isGatewayType(reader));
}

function isGatewayType(reader: PropertyReader): boolean {
  return sameName(reader.string('type') ?? '', 'Microsoft.Network/applicationGateways');
}

/** Collections of which any gateway has some, and no other resource has any. */
const tellingCollections = ['httpListeners', 'requestRoutingRules', 'backendHttpSettingsCollection', 'urlPathMaps'];

function hasCollections(owner: PropertyReader): boolean {
  return tellingCollections.some((name) => owner.get(name)?.kind === 'Array');
}
