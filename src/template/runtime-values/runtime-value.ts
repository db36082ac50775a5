import { foldCase } from '../../base/case-insensitive-map.ts';
import type { PathSegment } from '../../base/json-path.ts';
import type { Span } from '../../base/span.ts';
import type { ObjectValue, Value } from '../value.ts';

/** The resource whose run-time state a value comes from. */
export interface RuntimeSource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly location: string;
  /** `reference`, `listKeys` and so on. */
  readonly functionName: string;
  /** Whether the template declares the resource. */
  readonly isDeclared: boolean;
  /** Members of its `properties` that Azure leaves out when the template does not ask for them. */
  readonly absentMembers: readonly string[];
}

/** How a value was reached from what a run-time function answered. */
export interface RuntimePath {
  readonly source: RuntimeSource;
  readonly path: readonly PathSegment[];
  /** Nothing of the value is known; when false, it is an object that has members beyond those it shows. */
  readonly isUnknown: boolean;
}

const runtimePaths = new WeakMap<Value, RuntimePath>();
const assumptions = new WeakMap<Value, RuntimePath>();

/** An object of which Azure knows more members than the template says. */
export function openObject(object: ObjectValue, source: RuntimeSource, path: readonly PathSegment[] = []): ObjectValue {
  runtimePaths.set(object, { source, path, isUnknown: false });
  return object;
}

/** A value of which nothing is known but where it would come from. */
export function unknownValue(
  source: RuntimeSource,
  path: readonly PathSegment[],
  site: Span | undefined,
  isSecret = false,
): ObjectValue {
  const value: ObjectValue = {
    kind: 'Object',
    members: new Map(),
    origin: site,
    ...(isSecret ? { secret: true } : {}),
  };
  runtimePaths.set(value, { source, path, isUnknown: true });
  return value;
}

/** What is unknown about a value; undefined for ordinary values. */
export function runtimePathOf(value: Value): RuntimePath | undefined {
  return runtimePaths.get(value);
}

/** Marks a value that Agate made up, such as an address Azure would assign. */
export function assume<V extends Value>(value: V, source: RuntimeSource, path: readonly PathSegment[]): V {
  assumptions.set(value, { source, path, isUnknown: false });
  return value;
}

/** Where a made-up value belongs; undefined for all others. */
export function assumptionOf(value: Value): RuntimePath | undefined {
  return assumptions.get(value);
}

/** A member that a run-time object does not show: an unknown value, unless it is known to have no such member. */
export function memberOfRuntimeValue(
  target: Value,
  name: PathSegment,
  site: Span | undefined,
): ObjectValue | undefined {
  const known = runtimePaths.get(target);
  if (known === undefined) return undefined;
  if (!known.isUnknown && known.path.length === 0 && isAbsent(known.source, name)) return undefined;
  return unknownValue(known.source, [...known.path, name], site, target.secret === true);
}

function isAbsent({ absentMembers }: RuntimeSource, name: PathSegment): boolean {
  return absentMembers.some((absent) => foldCase(absent) === foldCase(String(name)));
}
