import type { SchemaNode } from '../../schemas/resource-schemas.js';
import { sameName } from '../base/case-insensitive-map.ts';
import type { Member, ObjectValue, Value } from '../template/value.ts';
import { findSchema } from './find-schema.ts';
import { findKey } from './normalise-body.ts';

/**
 * Puts the `properties` envelopes back that the Azure CLI takes off when it prints a resource, and takes away the
 * `resourceGroup` that it adds to whatever has an ID.
 * https://learn.microsoft.com/cli/azure/network/application-gateway#az-network-application-gateway-show
 */
export function inflate(flattened: ObjectValue, type: string): ObjectValue {
  const schema = findSchema(type)?.schema;
  return schema === undefined ? flattened : inflateObject(flattened, { ...schema, ...withManagerMembers(schema) });
}

/** Members of a resource that its schema leaves out, and that stay outside the envelope. */
function withManagerMembers(schema: SchemaNode): SchemaNode {
  return { properties: { type: {}, apiVersion: {}, ...schema.properties } };
}

function inflateValue(value: Value, schema: SchemaNode | undefined): Value {
  if (schema === undefined) return value;
  if (value.kind === 'Array') return { ...value, items: value.items.map((item) => inflateValue(item, schema.items)) };
  return value.kind === 'Object' ? inflateObject(value, schema) : value;
}

function inflateObject(object: ObjectValue, schema: SchemaNode): ObjectValue {
  const envelope = schema.properties?.['properties'];
  const outside = new Map<string, Member>();
  const inside = new Map<string, Member>();
  for (const [key, member] of object.members) {
    const own = findKey(schema.properties, key);
    const enveloped = findKey(envelope?.properties, key);
    if (own === undefined && enveloped === undefined && sameName(key, 'resourceGroup')) continue;
    const isInside = own === undefined && envelope?.properties !== undefined;
    const part = isInside ? envelope?.properties?.[enveloped ?? ''] : schema.properties?.[own ?? ''];
    (isInside ? inside : outside).set(key, { ...member, value: inflateValue(member.value, part) });
  }
  if (inside.size > 0) {
    outside.set('properties', { value: { kind: 'Object', members: inside, origin: object.origin } });
  }
  return { ...object, members: outside };
}
