import type { PathSegment } from '../../base/json-path.ts';
import type { Member, ObjectValue, Value } from '../value.ts';
import type { RuntimeSource } from './open-path.ts';
import { assume, openValue } from './runtime-value.ts';

const made = new WeakSet<Value>();

/** Marks a value as made up, so that whoever reads it learns so. */
export function madeUp<V extends Value>(value: V): V {
  made.add(value);
  return value;
}

/** Ties the made-up values in a resource's properties, and the objects around them, to where they are found. */
export function assumeAddresses(
  object: ObjectValue,
  source: RuntimeSource,
  path: readonly PathSegment[] = [],
): ObjectValue {
  const members = new Map<string, Member>();
  for (const [key, member] of object.members) {
    const value = tied(member.value, source, [...path, key]);
    members.set(key, value === member.value ? member : { ...member, value });
  }
  return openValue({ ...object, members }, { source, path });
}

function tied(value: Value, source: RuntimeSource, path: readonly PathSegment[]): Value {
  if (made.has(value)) return assume({ ...value }, source, path);
  if (value.kind === 'Object') return assumeAddresses(value, source, path);
  if (value.kind !== 'Array') return value;
  return { ...value, items: value.items.map((item, index) => tied(item, source, [...path, index])) };
}
