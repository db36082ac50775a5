import { foldCase, sameName } from '../../base/case-insensitive-map.ts';
import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import { TemplateFault } from '../template-fault.ts';
import { type ArrayValue, getMember, getValue, type ObjectValue, type Value, type ValueKind } from '../value.ts';

export type TypeName = 'string' | 'int' | 'bool' | 'array' | 'object';

/**
 * What a parameter, output or part of one may hold.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/definitions
 */
export interface TypeSchema {
  readonly type: TypeName;
  /** As written: `securestring`, `Object`. */
  readonly typeText: string;
  readonly isSecure: boolean;
  readonly isNullable: boolean;
  readonly allowedValues: ArrayValue | undefined;
  readonly minValue: bigint | undefined;
  readonly maxValue: bigint | undefined;
  readonly minLength: bigint | undefined;
  readonly maxLength: bigint | undefined;
  readonly items: ObjectValue | boolean;
  readonly prefixItems: readonly ObjectValue[];
  readonly properties: ReadonlyMap<string, ObjectValue>;
  readonly additionalProperties: ObjectValue | boolean;
  readonly discriminator: Discriminator | undefined;
  readonly origin: Span | undefined;
}

export interface Discriminator {
  readonly propertyName: string;
  readonly mapping: ObjectValue;
}

const types: Readonly<Record<string, { readonly type: TypeName; readonly isSecure: boolean }>> = {
  STRING: { type: 'string', isSecure: false },
  SECURESTRING: { type: 'string', isSecure: true },
  INT: { type: 'int', isSecure: false },
  BOOL: { type: 'bool', isSecure: false },
  ARRAY: { type: 'array', isSecure: false },
  OBJECT: { type: 'object', isSecure: false },
  SECUREOBJECT: { type: 'object', isSecure: true },
};

/** The kind of value that each type takes. */
export const kindsOfTypes: Readonly<Record<TypeName, ValueKind>> = {
  string: 'String',
  int: 'Integer',
  bool: 'Boolean',
  array: 'Array',
  object: 'Object',
};

const definitionPrefix = '#/definitions/';

interface ReadSchema {
  readonly schema: TypeSchema;
  readonly definitions: ObjectValue;
}

/** Declarations are read for every value that is held against them. */
const readSchemas = new WeakMap<ObjectValue, ReadSchema>();

/**
 * Reads a declaration, following `$ref`.
 *
 * @throws TemplateFault when it names no type
 */
export function readTypeSchema(declaration: ObjectValue, definitions: ObjectValue): TypeSchema {
  const known = readSchemas.get(declaration);
  if (known !== undefined && known.definitions === definitions) return known.schema;
  const schema = readSchema(declaration, definitions);
  readSchemas.set(declaration, { schema, definitions });
  return schema;
}

function readSchema(declaration: ObjectValue, definitions: ObjectValue): TypeSchema {
  const merged = withDefinition(declaration, definitions);
  const type = getValue(merged, 'type');
  const typeText = type?.kind === 'String' ? type.value : '';
  const known = types[foldCase(typeText)] ?? impliedType(merged, type);
  if (known === undefined) throw unknownType(typeText, type?.origin ?? declaration.origin);
  const part = partsOf(merged);
  return {
    type: known.type,
    isSecure: known.isSecure,
    typeText: typeText === '' ? known.type : typeText,
    isNullable: flag(part('nullable')),
    allowedValues: arrayOf(part('allowedValues')),
    minValue: integerOf(part('minValue')),
    maxValue: integerOf(part('maxValue')),
    minLength: integerOf(part('minLength')),
    maxLength: integerOf(part('maxLength')),
    items: schemaOrFlag(part('items')),
    prefixItems: (arrayOf(part('prefixItems'))?.items ?? []).filter((item) => item.kind === 'Object'),
    properties: propertiesOf(part('properties')),
    additionalProperties: schemaOrFlag(part('additionalProperties')),
    discriminator: discriminatorOf(part('discriminator')),
    origin: declaration.origin,
  };
}

/** Members of declarations, in their usual spelling. */
const usualMembers: ReadonlySet<string> = new Set([
  '$ref',
  'additionalProperties',
  'allowedValues',
  'defaultValue',
  'discriminator',
  'items',
  'maxLength',
  'maxValue',
  'metadata',
  'minLength',
  'minValue',
  'nullable',
  'prefixItems',
  'properties',
  'type',
  'value',
]);

/** Most declarations have few parts, all in their usual spelling: then there is no other to look for. */
function partsOf(declaration: ObjectValue): (name: string) => Value | undefined {
  const { members } = declaration;
  for (const name of members.keys()) if (!usualMembers.has(name)) return (part) => getValue(declaration, part);
  return (part) => members.get(part)?.value;
}

/** Parts of a type may leave `type` out where the rest tells it. */
function impliedType(declaration: ObjectValue, type: Value | undefined): (typeof types)[string] | undefined {
  if (type !== undefined) return undefined;
  if (getMember(declaration, 'properties') ?? getMember(declaration, 'discriminator')) return types['OBJECT'];
  return getMember(declaration, 'prefixItems') ? types['ARRAY'] : undefined;
}

/** The definition a declaration refers to, with the declaration's own members on top. */
function withDefinition(declaration: ObjectValue, definitions: ObjectValue): ObjectValue {
  let reference = getMember(declaration, '$ref');
  if (reference === undefined) return declaration;
  const members = new Map(declaration.members);
  const seen = new Set<string>();
  while (reference !== undefined) {
    const name = referencedName(reference.value);
    const definition = name === undefined ? undefined : getValue(definitions, name);
    if (name !== undefined && seen.has(foldCase(name))) {
      throw new TemplateFault(`The definition '${name}' is defined by itself.`, {
        span: reference.value.origin,
        kind: kinds.invalidDeclaration,
      });
    }
    if (name === undefined || definition?.kind !== 'Object') {
      throw new TemplateFault(
        `The type reference '${name ?? '?'}' is not defined in the template; '$ref' must name a definition as '${definitionPrefix}name'.`,
        { span: reference.value.origin, kind: kinds.invalidDeclaration },
      );
    }
    seen.add(foldCase(name));
    for (const [key, member] of definition.members) {
      if (!hasKey(members, key)) members.set(key, member);
    }
    reference = getMember(definition, '$ref');
  }
  return { ...declaration, members };
}

function hasKey(members: ReadonlyMap<string, unknown>, key: string): boolean {
  if (members.has(key)) return true;
  for (const known of members.keys()) if (sameName(known, key)) return true;
  return false;
}

function referencedName(value: Value): string | undefined {
  if (value.kind !== 'String' || !value.value.startsWith(definitionPrefix)) return undefined;
  const name = value.value.slice(definitionPrefix.length);
  try {
    return decodeURIComponent(name);
  } catch {
    // A name with a plain percent sign is not an encoded one.
    return name;
  }
}

function flag(value: Value | undefined): boolean {
  return value?.kind === 'Boolean' && value.value;
}

function arrayOf(value: Value | undefined): ArrayValue | undefined {
  return value?.kind === 'Array' ? value : undefined;
}

function integerOf(value: Value | undefined): bigint | undefined {
  return value?.kind === 'Integer' ? value.value : undefined;
}

function schemaOrFlag(value: Value | undefined): ObjectValue | boolean {
  if (value?.kind === 'Boolean') return value.value;
  return value?.kind === 'Object' ? value : true;
}

const noProperties: ReadonlyMap<string, ObjectValue> = new Map();

function propertiesOf(section: Value | undefined): ReadonlyMap<string, ObjectValue> {
  if (section?.kind !== 'Object') return noProperties;
  const properties = new Map<string, ObjectValue>();
  for (const [name, { value }] of section.members) if (value.kind === 'Object') properties.set(name, value);
  return properties;
}

function discriminatorOf(section: Value | undefined): Discriminator | undefined {
  if (section?.kind !== 'Object') return undefined;
  const propertyName = getValue(section, 'propertyName');
  const mapping = getValue(section, 'mapping');
  if (propertyName?.kind !== 'String' || mapping?.kind !== 'Object') return undefined;
  return { propertyName: propertyName.value, mapping };
}

function unknownType(type: string, span: Span | undefined): TemplateFault {
  const found = type === '' ? 'There is no type' : `The type '${type}' is not valid`;
  return new TemplateFault(
    `${found}; allowed: 'string', 'securestring', 'int', 'bool', 'object', 'secureObject', 'array'. Please see https://aka.ms/arm-syntax-parameters for usage details.`,
    { span, kind: kinds.invalidDeclaration },
  );
}
