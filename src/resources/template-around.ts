import { CaseInsensitiveMap, foldCase } from '../base/case-insensitive-map.ts';
import { isEscaped, isExpression } from '../template/expression/expression-text.ts';
import type { SuppliedParameter, SuppliedParameters } from '../template/parameters/supplied-parameters.ts';
import { readJson } from '../template/read-json.ts';
import { arrayValue, type Member, type ObjectValue, objectValue, stringValue, type Value } from '../template/value.ts';
import { gatewayDocumentKind, listedDocuments } from './gateway-document.ts';

/**
 * A template with nothing but the resource that a document holds, or several, so that expressions, loops and children
 * can be evaluated; undefined for documents that mean what they say.
 */
export function templateAround(document: Value, supplied: SuppliedParameters): ObjectValue | undefined {
  const kind = gatewayDocumentKind(document);
  const documents = kind === 'list' ? listedDocuments(document) : [document];
  const resources = documents.filter(isResource);
  if (resources.length < documents.length) return undefined;
  if (!resources.some((resource) => holdsExpressions(resource) || hasInstructions(resource))) return undefined;
  return objectValue(
    [
      ['$schema', stringValue('https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#')],
      ['contentVersion', stringValue('1.0.0.0')],
      ['parameters', objectValue(parametersOf(resources, supplied))],
      ['resources', arrayValue(resources.map(withoutDependencies))],
    ],
    document.origin,
  );
}

function isResource(document: Value): document is ObjectValue {
  return document.kind === 'Object' && gatewayDocumentKind(document) === 'resource';
}

/** Members that Azure Resource Manager acts upon. */
const instructions = new Set(['CONDITION', 'COPY', 'RESOURCES']);

function hasInstructions(resource: ObjectValue): boolean {
  return [...resource.members.keys()].some((key) => instructions.has(foldCase(key)));
}

function holdsExpressions(value: Value): boolean {
  switch (value.kind) {
    case 'String':
      return isEvaluated(value.value);
    case 'Array':
      return value.items.some(holdsExpressions);
    case 'Object':
      return [...value.members].some(([key, member]) => isEvaluated(key) || holdsExpressions(member.value));
    default:
      return false;
  }
}

function isEvaluated(text: string): boolean {
  return isExpression(text) || isEscaped(text);
}

/** What the resource waits for stayed behind in its template. */
function withoutDependencies(resource: ObjectValue): ObjectValue {
  const kept = [...resource.members].filter(([key]) => foldCase(key) !== 'DEPENDSON');
  return { ...resource, members: new Map(kept) };
}

/** The parameters that were given and those the resources ask for, whose declarations stayed behind too. */
function parametersOf(resources: readonly ObjectValue[], supplied: SuppliedParameters): [string, Member][] {
  const asked = new CaseInsensitiveMap<Member>();
  for (const [name, place] of askedParameters(arrayValue(resources))) {
    if (!asked.has(name)) asked.set(name, { value: declaration('string'), keySpan: place.origin });
  }
  for (const [name, parameter] of supplied) {
    asked.set(name, { value: declaration(typeOf(parameter)), keySpan: asked.get(name)?.keySpan });
  }
  return [...asked];
}

function* askedParameters(value: Value): Generator<[string, Value]> {
  if (value.kind === 'String' && isExpression(value.value)) {
    for (const [, name = ''] of value.value.matchAll(/\bparameters\s*\(\s*'([^']+)'/gi)) yield [name, value];
  }
  if (value.kind === 'Array') for (const item of value.items) yield* askedParameters(item);
  if (value.kind === 'Object') for (const { value: member } of value.members.values()) yield* askedParameters(member);
}

function declaration(type: string): ObjectValue {
  return objectValue([['type', stringValue(type)]]);
}

const typesOfKinds: Readonly<Partial<Record<Value['kind'], string>>> = {
  Integer: 'int',
  Boolean: 'bool',
  Array: 'array',
  Object: 'object',
};

/** Without a declaration, a value given is of the type that it looks like. */
function typeOf(parameter: SuppliedParameter): string {
  switch (parameter.kind) {
    case 'value':
      return typesOfKinds[parameter.value.kind] ?? 'string';
    case 'text':
      return typesOfKinds[readJson(parameter.source).value?.kind ?? 'String'] ?? 'string';
    case 'keyVault':
      return 'securestring';
    case 'expression':
    case 'failed':
      return 'string';
  }
}
