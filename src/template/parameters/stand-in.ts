import {
  arrayValue,
  booleanValue,
  integerValue,
  nullValue,
  type ObjectValue,
  objectValue,
  stringValue,
  type Value,
} from '../value.ts';
import { readTypeSchema, type TypeSchema } from './type-schema.ts';

/** Types may contain themselves; deeper stand-ins are left empty. */
const maximumDepth = 8;

/** A value of a declared type that keeps its constraints, for a parameter that nobody gave one. */
export function standInFor(name: string, schema: TypeSchema, definitions: ObjectValue, depth = 0): Value {
  if (schema.isNullable) return nullValue();
  const [allowed] = schema.allowedValues?.items ?? [];
  if (allowed !== undefined)
    return schema.type === 'array' && allowed.kind !== 'Array' ? arrayValue([allowed]) : allowed;
  switch (schema.type) {
    case 'string':
      return stringValue(textFor(name, schema));
    case 'int':
      return integerValue(integerFor(schema));
    case 'bool':
      return booleanValue(false);
    case 'array':
      return arrayValue(depth < maximumDepth ? itemsFor(name, schema, definitions, depth) : []);
    case 'object':
      return objectValue(depth < maximumDepth ? membersFor(schema, definitions, depth) : []);
  }
}

/** The parameter's name as a resource could be called: lower case, letters and digits. */
function textFor(name: string, { minLength, maxLength }: TypeSchema): string {
  const text = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '') || 'value';
  const least = Number(minLength ?? 0n);
  const longEnough = text.padEnd(Math.min(least, 1024), text);
  return maxLength === undefined ? longEnough : longEnough.slice(0, Number(maxLength));
}

function integerFor({ minValue, maxValue }: TypeSchema): bigint {
  if (minValue !== undefined) return minValue;
  return maxValue !== undefined && maxValue < 1n ? maxValue : 1n;
}

function itemsFor(name: string, schema: TypeSchema, definitions: ObjectValue, depth: number): Value[] {
  const count = Math.min(Math.max(schema.prefixItems.length, Number(schema.minLength ?? 0n)), 100);
  return Array.from({ length: count }, (_, index) => {
    const item = schema.prefixItems[index] ?? schema.items;
    if (typeof item === 'boolean') return stringValue(`${name}${index + 1}`);
    return standInFor(`${name}${index + 1}`, readTypeSchema(item, definitions), definitions, depth + 1);
  });
}

function membersFor(schema: TypeSchema, definitions: ObjectValue, depth: number): [string, Value][] {
  const members: [string, Value][] = [];
  for (const [name, declaration] of schema.properties) {
    const member = readTypeSchema(declaration, definitions);
    if (!member.isNullable) members.push([name, standInFor(name, member, definitions, depth + 1)]);
  }
  return schema.discriminator === undefined ? members : [...members, ...branchFor(schema, definitions, depth)];
}

/** The first of the types that a tag can select. */
function branchFor({ discriminator }: TypeSchema, definitions: ObjectValue, depth: number): [string, Value][] {
  const [first] = discriminator?.mapping.members ?? [];
  if (discriminator === undefined || first === undefined) return [];
  const [tag, { value: declaration }] = first;
  const branch =
    declaration.kind === 'Object' ? membersFor(readTypeSchema(declaration, definitions), definitions, depth) : [];
  return [
    ...branch.filter(([name]) => name !== discriminator.propertyName),
    [discriminator.propertyName, stringValue(tag)],
  ];
}
