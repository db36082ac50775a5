import { sameName } from '../../base/case-insensitive-map.ts';
import type { PathSegment } from '../../base/json-path.ts';
import type { Span } from '../../base/span.ts';
import type { ObjectValue, Value } from '../value.ts';
import type { OpenPath, RuntimeSource, Whence } from './open-path.ts';

const openPaths = new WeakMap<Value, OpenPath>();
const assumptions = new WeakMap<Value, OpenPath<RuntimeSource>>();

/** Marks a value that has more parts than it shows. */
export function openValue<V extends Value>(value: V, whence: Whence): V {
  openPaths.set(value, { ...whence, isUnknown: false });
  return value;
}

/** A value of which nothing is known but where it would come from. */
export function unknownValue(whence: Whence, site: Span | undefined, isSecret = false): ObjectValue {
  const value: ObjectValue = {
    kind: 'Object',
    members: new Map(),
    origin: site,
    ...(isSecret ? { secret: true } : {}),
  };
  openPaths.set(value, { ...whence, isUnknown: true });
  return value;
}

/** What is unknown about a value; undefined for ordinary values. */
export function openPathOf(value: Value): OpenPath | undefined {
  return openPaths.get(value);
}

/** Marks a value that Azure would assign and Agate did, such as an address. */
export function assume<V extends Value>(value: V, source: RuntimeSource, path: readonly PathSegment[]): V {
  assumptions.set(value, { source, path, isUnknown: false });
  return value;
}

/** Where an assigned value belongs; undefined for all others. */
export function assumptionOf(value: Value): OpenPath<RuntimeSource> | undefined {
  return assumptions.get(value);
}

/** Whether a value is as good as any other: neither assigned by Agate nor unknown. */
export function isSettled(value: Value): boolean {
  return !assumptions.has(value) && !openPaths.get(value)?.isUnknown;
}

/** A part that an open value does not show: an unknown value, unless it is known to have no such part. */
export function partOfOpenValue(target: Value, name: PathSegment, site: Span | undefined): ObjectValue | undefined {
  const known = openPaths.get(target);
  if (known === undefined) return undefined;
  if (!known.isUnknown && known.path.length === 0 && isAbsent(known.source, name)) return undefined;
  return unknownValue(partOf(known, name), site, target.secret === true);
}

/** One step further. */
export function partOf({ source, path, isDerived }: Whence, name: PathSegment): Whence {
  return { source, path: [...path, name], isDerived };
}

function isAbsent(source: OpenPath['source'], name: PathSegment): boolean {
  return source.kind === 'resource' && source.absentMembers.some((absent) => sameName(absent, String(name)));
}
