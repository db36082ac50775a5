import type { SchemaNode } from '../../schemas/resource-schemas.js';
import { sameName } from '../base/case-insensitive-map.ts';
import type { Json, Member, ObjectValue } from '../template/value.ts';
import { toJson } from '../template/value.ts';
import type { Place } from './place.ts';

/** What is told about a body on the way through it. */
export interface NormalisationListener {
  /** A member that the schema does not know. */
  unknown(owner: Place, key: string, member: Member): void;
  /** A member, known by a name that differs in case at most. */
  property(place: Place, written: string, canonical: string): void;
  /** A value of an enumeration, in canonical spelling. */
  enumValue(place: Place, written: string, canonical: string): void;
  /** A scalar of another type, which Azure converts. */
  converted(place: Place, wanted: string, converted: string | number | boolean): void;
}

/**
 * A body as plain JSON with the spelling and the types of its schema, as Azure's reader would understand it: names and
 * enumerations ignore case, text stands for numbers and booleans and the other way round, null is absent. Members that
 * the schema does not know are left out; so are those that are read-only, which Azure ignores in a request.
 */
export function normaliseBody(place: Place, listener: NormalisationListener): Json {
  const { value, schema } = place;
  switch (value.kind) {
    case 'Object':
      return normaliseObject(place, value, listener);
    case 'Array':
      return value.items.map((item, index) =>
        schema.items === undefined
          ? toJson(item)
          : normaliseBody({ value: item, schema: schema.items, step: index, parent: place }, listener),
      );
    case 'Null':
      return null;
    default:
      return normaliseScalar(place, value.value, listener);
  }
}

function normaliseObject(owner: Place, value: ObjectValue, listener: NormalisationListener): Json {
  const { properties, additionalProperties } = owner.schema;
  const json: Record<string, Json> = {};
  for (const [key, member] of value.members) {
    if (member.value.kind === 'Null') continue;
    const name = findKey(properties, key);
    const schema =
      (name === undefined ? undefined : properties?.[name]) ??
      (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (schema?.readOnly) continue;
    if (schema !== undefined) {
      const place = { value: member.value, schema, step: name ?? key, member, parent: owner };
      listener.property(place, key, name ?? key);
      setMember(json, name ?? key, normaliseBody(place, listener));
    } else if (additionalProperties === false) listener.unknown(owner, key, member);
    else setMember(json, key, toJson(member.value));
  }
  return json;
}

/** Every key is ordinary data, but assigning to this one would set the prototype. */
function setMember(json: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(json, key, { value, enumerable: true });
  else json[key] = value;
}

/** The name of a property in the schema's spelling. */
export function findKey(properties: SchemaNode['properties'], key: string): string | undefined {
  if (properties === undefined) return undefined;
  if (Object.hasOwn(properties, key)) return key;
  return Object.keys(properties).find((name) => sameName(name, key));
}

function normaliseScalar(
  place: Place,
  value: string | number | bigint | boolean,
  listener: NormalisationListener,
): Json {
  const { schema } = place;
  const plain = typeof value === 'bigint' ? Number(value) : value;
  const converted = schema.type === undefined ? plain : convert(plain, schema.type);
  if (typeof converted !== typeof plain) listener.converted(place, schema.type ?? '', converted);
  if (schema.enum === undefined || typeof converted !== 'string') return converted;
  const canonical = schema.enum.find((candidate) => sameName(candidate, converted));
  if (canonical === undefined) return converted;
  listener.enumValue(place, converted, canonical);
  return canonical;
}

/** The conversions of Azure's JSON reader; a value that cannot be converted stays as it is. */
function convert(value: string | number | boolean, type: NonNullable<SchemaNode['type']>): string | number | boolean {
  if (type === 'string') return String(value);
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (type === 'integer' && /^[+-]?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && sameName(text, 'true')) return true;
  if (type === 'boolean' && sameName(text, 'false')) return false;
  return value;
}
