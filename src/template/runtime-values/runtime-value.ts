import { foldCase } from '../../base/case-insensitive-map.ts';
import type { PathSegment } from '../../base/json-path.ts';
import type { Span } from '../../base/span.ts';
import type { ObjectValue, Value } from '../value.ts';

/** The resource whose run-time state a value comes from. */
export interface RuntimeSource {
  readonly kind: 'resource';
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly location: string;
  /** `reference`, `listKeys` and so on. */
  readonly functionName: string;
  /** Whether the template declares the resource. */
  readonly isDeclared: boolean;
  /** The template declares it with a condition that is false. */
  readonly hasFalseCondition: boolean;
  /** Members of its `properties` that Azure leaves out when the template does not ask for them. */
  readonly absentMembers: readonly string[];
}

/** A parameter for whose value something stands in. */
export interface StandInSource {
  readonly kind: 'parameter';
  readonly name: string;
}

/** How a value was reached from what a run-time function answered, or from a parameter without a value. */
export interface OpenPath<S extends RuntimeSource | StandInSource = RuntimeSource | StandInSource> {
  readonly source: S;
  readonly path: readonly PathSegment[];
  /** Nothing of the value is known; when false, it has parts beyond those it shows. */
  readonly isUnknown: boolean;
}

const openPaths = new WeakMap<Value, OpenPath>();
const assumptions = new WeakMap<Value, OpenPath<RuntimeSource>>();
const placeholders = new WeakMap<Value, OpenPath>();

/** Marks a value that has more parts than it shows. */
export function openValue<V extends Value>(value: V, source: OpenPath['source'], path: readonly PathSegment[] = []): V {
  openPaths.set(value, { source, path, isUnknown: false });
  return value;
}

/** A value of which nothing is known but where it would come from. */
export function unknownValue(
  source: OpenPath['source'],
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
  openPaths.set(value, { source, path, isUnknown: true });
  return value;
}

/** What is unknown about a value; undefined for ordinary values. */
export function openPathOf(value: Value): OpenPath | undefined {
  return openPaths.get(value);
}

/** Marks a value that Agate made up, such as an address Azure would assign. */
export function assume<V extends Value>(value: V, source: RuntimeSource, path: readonly PathSegment[]): V {
  assumptions.set(value, { source, path, isUnknown: false });
  return value;
}

/** Where a made-up value belongs; undefined for all others. */
export function assumptionOf(value: Value): OpenPath<RuntimeSource> | undefined {
  return assumptions.get(value);
}

/** Whether a value is as good as any other: neither made up nor unknown. */
export function isSettled(value: Value): boolean {
  return !assumptions.has(value) && !openPaths.get(value)?.isUnknown;
}

/** Marks a value whose very type is a guess. */
export function markPlaceholder<V extends Value>(
  value: V,
  source: OpenPath['source'],
  path: readonly PathSegment[],
): V {
  placeholders.set(value, { source, path, isUnknown: false });
  return value;
}

export function isPlaceholder(value: Value): boolean {
  return placeholders.has(value) || openPaths.get(value)?.isUnknown === true;
}

/** What stands for a function's result when the function cannot work with a guess; undefined when there is none. */
export function unknownFrom(args: readonly Value[], site: Span | undefined): ObjectValue | undefined {
  const guess = args.find((argument) => placeholders.has(argument));
  const known = guess === undefined ? undefined : placeholders.get(guess);
  return known === undefined ? undefined : unknownValue(known.source, known.path, site);
}

/** What a function makes of a guess is a guess: parts that it lacks may be there in truth. */
export function guessedFrom(value: Value, args: readonly Value[]): Value {
  const guess = args.find((argument) => placeholders.has(argument));
  const known = guess === undefined ? undefined : placeholders.get(guess);
  if (known === undefined || args.includes(value)) return value;
  const { source, path } = known;
  const marked = markPlaceholder({ ...value }, source, path);
  return value.kind === 'Array' || value.kind === 'Object' ? openValue(marked, source, path) : marked;
}

/** A part that an open value does not show: an unknown value, unless it is known to have no such part. */
export function partOfOpenValue(target: Value, name: PathSegment, site: Span | undefined): ObjectValue | undefined {
  const known = openPaths.get(target);
  if (known === undefined) return undefined;
  if (!known.isUnknown && known.path.length === 0 && isAbsent(known.source, name)) return undefined;
  return unknownValue(known.source, [...known.path, name], site, target.secret === true);
}

function isAbsent(source: OpenPath['source'], name: PathSegment): boolean {
  return (
    source.kind === 'resource' && source.absentMembers.some((absent) => foldCase(absent) === foldCase(String(name)))
  );
}
