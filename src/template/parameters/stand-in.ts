import { madeUpBy, markMadeUp } from '../runtime-values/made-up.ts';
import type { Whence } from '../runtime-values/open-path.ts';
import { openValue, partOf } from '../runtime-values/runtime-value.ts';
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
import { isAllowed } from './check-constraints.ts';
import { standInText } from './stand-in-text.ts';
import { kindsOfTypes, readTypeSchema, type TypeSchema } from './type-schema.ts';

/** Types may contain themselves, and several times: what is deeper, or too many, is left empty. */
const maximumDepth = 8;
const maximumParts = 1000;

/** How far the stand-in for one parameter has come. */
interface Extent {
  readonly depth: number;
  readonly made: { parts: number };
}

function deeper({ depth, made }: Extent): Extent {
  made.parts++;
  return { depth: depth + 1, made };
}

function isFull({ depth, made }: Extent): boolean {
  return depth >= maximumDepth || made.parts >= maximumParts;
}

/** A stand-in whose missing parts have stand-ins too, when the template reads them. */
export function openStandIn(value: Value, whence: Whence): Value {
  if (value.kind === 'Array') {
    const items = value.items.map((item, index) => openStandIn(item, partOf(whence, index)));
    return openValue(markMadeUp({ ...value, items }, whence), whence);
  }
  if (value.kind !== 'Object') return markMadeUp(value, whence);
  const members = Array.from(
    value.members,
    ([key, member]) => [key, { ...member, value: openStandIn(member.value, partOf(whence, key)) }] as const,
  );
  return openValue(markMadeUp({ ...value, members: new Map(members) }, whence), whence);
}

/** What was guessed without knowing its type, as the type wants it. It still stands in for what it stood in for. */
export function fitPlaceholder(value: Value, name: string, schema: TypeSchema, definitions: ObjectValue): Value {
  const { type, allowedValues } = schema;
  const isFitting =
    value.kind === kindsOfTypes[type] && (allowedValues === undefined || isAllowed(value, allowedValues));
  const whence = madeUpBy(value);
  if (whence === undefined || isFitting) return value;
  return openStandIn({ ...standInFor(name, schema, definitions), origin: value.origin }, whence);
}

/** A value of a declared type that keeps its constraints, for a parameter that nobody gave one. */
export function standInFor(
  name: string,
  schema: TypeSchema,
  definitions: ObjectValue,
  extent: Extent = { depth: 0, made: { parts: 0 } },
): Value {
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
      return arrayValue(isFull(extent) ? [] : itemsFor(name, schema, definitions, extent));
    case 'object':
      return objectValue(isFull(extent) ? [] : membersFor(schema, definitions, extent));
  }
}

function textFor(name: string, { minLength, maxLength }: TypeSchema): string {
  const text = standInText(name);
  const longEnough = text.padEnd(Math.min(Number(minLength ?? 0n), 1024), 'x');
  return maxLength === undefined ? longEnough : longEnough.slice(0, Number(maxLength));
}

function integerFor({ minValue, maxValue }: TypeSchema): bigint {
  if (minValue !== undefined) return minValue;
  return maxValue !== undefined && maxValue < 1n ? maxValue : 1n;
}

function itemsFor(name: string, schema: TypeSchema, definitions: ObjectValue, extent: Extent): Value[] {
  const count = Math.min(Math.max(schema.prefixItems.length, Number(schema.minLength ?? 0n)), 100);
  return Array.from({ length: count }, (_, index) => {
    const item = schema.prefixItems[index] ?? schema.items;
    if (typeof item === 'boolean') return stringValue(`${name}${index + 1}`);
    return standInFor(`${name}${index + 1}`, readTypeSchema(item, definitions), definitions, deeper(extent));
  });
}

function membersFor(schema: TypeSchema, definitions: ObjectValue, extent: Extent): [string, Value][] {
  const members: [string, Value][] = [];
  for (const [name, declaration] of schema.properties) {
    const member = readTypeSchema(declaration, definitions);
    if (!member.isNullable) members.push([name, standInFor(name, member, definitions, deeper(extent))]);
  }
  return schema.discriminator === undefined ? members : [...members, ...branchFor(schema, definitions, extent)];
}

/** The first of the types that a tag can select. */
function branchFor({ discriminator }: TypeSchema, definitions: ObjectValue, extent: Extent): [string, Value][] {
  const [first] = discriminator?.mapping.members ?? [];
  if (discriminator === undefined || first === undefined) return [];
  const [tag, { value: declaration }] = first;
  const branch =
    declaration.kind === 'Object' ? membersFor(readTypeSchema(declaration, definitions), definitions, extent) : [];
  return [
    ...branch.filter(([name]) => name !== discriminator.propertyName),
    [discriminator.propertyName, stringValue(tag)],
  ];
}
