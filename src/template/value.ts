import { foldCase, sameName } from '../base/case-insensitive-map.ts';
import type { Span } from '../base/span.ts';
import type { Whence } from './runtime-values/open-path.ts';

/**
 * What an expression evaluates to. JavaScript's own values would lose what ARM keeps: the order of members with
 * number-like names, 64-bit integers, the place in the user's text and whether a secret went into the value.
 */
export type Value = StringValue | IntegerValue | FloatValue | BooleanValue | NullValue | ArrayValue | ObjectValue;

interface Provenance {
  /** Where the value was written or computed; absent for what Agate supplies itself. */
  readonly origin?: Span | undefined;
  /** Set when a secure parameter or a key went into the value; such values print as `[redacted]`. */
  readonly secret?: true | undefined;
  /** Set when it stands in for a value that nobody told, or follows from one that does; see `runtime-values/made-up.ts`. */
  readonly madeUp?: Whence | undefined;
}

export interface StringValue extends Provenance {
  readonly kind: 'String';
  readonly value: string;
}

/** A signed 64-bit integer. */
export interface IntegerValue extends Provenance {
  readonly kind: 'Integer';
  readonly value: bigint;
}

/** Passes through resource bodies; no template function but `float` makes one. */
export interface FloatValue extends Provenance {
  readonly kind: 'Float';
  readonly value: number;
}

export interface BooleanValue extends Provenance {
  readonly kind: 'Boolean';
  readonly value: boolean;
}

export interface NullValue extends Provenance {
  readonly kind: 'Null';
}

export interface ArrayValue extends Provenance {
  readonly kind: 'Array';
  readonly items: readonly Value[];
}

export interface ObjectValue extends Provenance {
  readonly kind: 'Object';
  /** By the key as spelled, in the order written. */
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly value: Value;
  /** Where the key was written. */
  readonly keySpan?: Span | undefined;
}

/** The JSON type names with which Azure's messages speak of values. */
export type ValueKind = Value['kind'];

export function stringValue(value: string, origin?: Span): StringValue {
  return { kind: 'String', value, origin };
}

export function integerValue(value: bigint | number, origin?: Span): IntegerValue {
  return { kind: 'Integer', value: BigInt(value), origin };
}

export function floatValue(value: number, origin?: Span): FloatValue {
  return { kind: 'Float', value, origin };
}

export function booleanValue(value: boolean, origin?: Span): BooleanValue {
  return { kind: 'Boolean', value, origin };
}

export function nullValue(origin?: Span): NullValue {
  return { kind: 'Null', origin };
}

export function arrayValue(items: readonly Value[], origin?: Span): ArrayValue {
  return { kind: 'Array', items, origin };
}

/** Of two members with the same key the later one wins, in the place of the first. */
export function objectValue(entries: Iterable<readonly [string, Value | Member]>, origin?: Span): ObjectValue {
  const members = new Map<string, Member>();
  for (const [key, entry] of entries) members.set(key, 'kind' in entry ? { value: entry } : entry);
  return { kind: 'Object', members, origin };
}

/** Up to so many members, looking at each is faster than an index of them. */
const fewMembers = 12;

/** Spelled keys by their folded form; made when a large object is first asked for a key that it does not have as spelled. */
const spelledKeys = new WeakMap<ReadonlyMap<string, Member>, ReadonlyMap<string, string>>();

/** The member with exactly this key or, when there is none, the first whose key differs only in case. */
export function getMember(object: ObjectValue, key: string): (Member & { readonly key: string }) | undefined {
  const { members } = object;
  const spelled = members.has(key) ? key : spelledKeyOf(members, key);
  const member = spelled === undefined ? undefined : members.get(spelled);
  if (member === undefined || spelled === undefined) return undefined;
  return { value: member.value, keySpan: member.keySpan, key: spelled };
}

function spelledKeyOf(members: ReadonlyMap<string, Member>, key: string): string | undefined {
  if (members.size <= fewMembers) {
    for (const spelled of members.keys()) if (sameName(spelled, key)) return spelled;
    return undefined;
  }
  let index = spelledKeys.get(members);
  if (index === undefined) {
    // Later keys come first into the map, so that of several the first one stays.
    index = new Map(Array.from(members.keys(), (spelled) => [foldCase(spelled), spelled] as const).reverse());
    spelledKeys.set(members, index);
  }
  return index.get(foldCase(key));
}

/** The value of a member, or undefined when the object has no such member. */
export function getValue(object: ObjectValue, key: string): Value | undefined {
  const { members } = object;
  const exact = members.get(key);
  if (exact !== undefined) return exact.value;
  const spelled = spelledKeyOf(members, key);
  return spelled === undefined ? undefined : members.get(spelled)?.value;
}

/** JSON as JavaScript holds it. Integers beyond 2^53 lose precision here, and only here. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface ToJsonOptions {
  /** Replace values that secrets went into by `[redacted]`. */
  readonly redact?: boolean;
}

/** What is shown of a secret. */
export const redacted = '[redacted]';

/** A value as plain JSON. Keys such as `__proto__` are ordinary data. */
export function toJson(value: Value, options: ToJsonOptions = {}): Json {
  if (options.redact && value.secret) return redacted;
  switch (value.kind) {
    case 'String':
    case 'Float':
    case 'Boolean':
      return value.value;
    case 'Integer':
      return Number(value.value);
    case 'Null':
      return null;
    case 'Array':
      return value.items.map((item) => toJson(item, options));
    case 'Object':
      return Object.fromEntries(Array.from(value.members, ([key, member]) => [key, toJson(member.value, options)]));
  }
}

/** Plain JSON as a value. Whole numbers become integers, as in a template's text. */
export function fromJson(json: unknown, origin?: Span): Value {
  if (json === null || json === undefined) return nullValue(origin);
  if (typeof json === 'string') return stringValue(json, origin);
  if (typeof json === 'boolean') return booleanValue(json, origin);
  if (typeof json === 'bigint') return integerValue(json, origin);
  if (typeof json === 'number') return Number.isInteger(json) ? integerValue(json, origin) : floatValue(json, origin);
  if (Array.isArray(json))
    return arrayValue(
      json.map((item) => fromJson(item, origin)),
      origin,
    );
  return objectValue(
    Object.entries(json as object).map(([key, value]) => [key, fromJson(value, origin)] as const),
    origin,
  );
}
