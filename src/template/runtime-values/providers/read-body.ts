import { fromJson, getValue, type ObjectValue, objectValue, type Value } from '../../value.ts';
import { madeUp } from '../assumed-addresses.ts';
import { documentationAddress, stableGuid } from '../placeholder.ts';
import type { KnownResource } from '../runtime-state.ts';

/** A value deep inside a resource; undefined when something on the way is missing. */
export function valueAt(object: ObjectValue, ...path: readonly string[]): Value | undefined {
  let value: Value | undefined = object;
  for (const key of path) value = value?.kind === 'Object' ? getValue(value, key) : undefined;
  return value;
}

export function textAt(object: ObjectValue, ...path: readonly string[]): string | undefined {
  const value = valueAt(object, ...path);
  return value?.kind === 'String' ? value.value : undefined;
}

/** The objects of an array deep inside a resource. */
export function objectsAt(object: ObjectValue, ...path: readonly string[]): readonly ObjectValue[] {
  const value = valueAt(object, ...path);
  return value?.kind === 'Array' ? value.items.filter((item) => item.kind === 'Object') : [];
}

/** The object with members set, the others as they are. */
export function withMembers(object: ObjectValue, members: Readonly<Record<string, Value>>): ObjectValue {
  return objectValue([...object.members, ...Object.entries(members)], object.origin);
}

export function text(value: string): Value {
  return fromJson(value);
}

export function texts(values: readonly string[]): Value {
  return fromJson(values);
}

/** An address of the documentation block, marked as made up. */
export function madeUpAddress(id: string): Value {
  return madeUp(fromJson(documentationAddress(id)));
}

/** A GUID that stays the same for the same resource and purpose, marked as made up. */
export function madeUpGuid({ id }: KnownResource, purpose: string): Value {
  return madeUp(fromJson(stableGuid(`${id} ${purpose}`)));
}

/** Any other text that Azure would choose, marked as made up. */
export function madeUpText(value: string): Value {
  return madeUp(fromJson(value));
}

/** The n-th segment of a resource's name. */
export function nameSegment({ name }: KnownResource, index: number): string {
  return name.split('/').at(index) ?? '';
}
