import { sameName } from '../base/case-insensitive-map.ts';
import type { Span } from '../base/span.ts';
import { getMember, type ObjectValue, type Value } from '../template/value.ts';

const nothing: ObjectValue = { kind: 'Object', members: new Map() };

/**
 * Reads the members of an object as Azure's services do: names without regard to case, `null` as absent, text where a
 * number or a boolean is wanted and the other way round. What cannot be read is `null`: validation by schema has
 * reported it.
 */
export class PropertyReader {
  readonly value: ObjectValue;
  /** Path inside the resource, as `properties.httpListeners[0]`; empty for the resource itself. */
  readonly path: string;
  readonly span: Span | undefined;

  constructor(value: ObjectValue | undefined, path: string, span: Span | undefined = value?.origin) {
    this.value = value ?? nothing;
    this.path = path;
    this.span = span;
  }

  /** The value of a member; undefined when there is none or it is null. */
  get(key: string): Value | undefined {
    const value = getMember(this.value, key)?.value;
    return value?.kind === 'Null' ? undefined : value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** Where the member's value is written, or the nearest place to it. */
  spanOf(key: string): Span | undefined {
    const member = getMember(this.value, key);
    return member?.value.origin ?? member?.keySpan ?? this.span;
  }

  pathOf(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  string(key: string): string | null {
    return asString(this.get(key));
  }

  /** Like `string`, with an empty text taken for none. */
  text(key: string): string | null {
    return this.string(key) || null;
  }

  integer(key: string): number | null {
    return asInteger(this.get(key));
  }

  boolean(key: string): boolean | null {
    return asBoolean(this.get(key));
  }

  /** One of some values, in their canonical spelling. */
  oneOf<T extends string>(key: string, values: readonly T[]): T | null {
    const text = this.string(key);
    if (text === null) return null;
    return values.find((value) => sameName(value, text)) ?? null;
  }

  /** A nested object. When there is none, a reader that finds nothing. */
  object(key: string): PropertyReader {
    const value = this.get(key);
    return new PropertyReader(value?.kind === 'Object' ? value : undefined, this.pathOf(key), this.spanOf(key));
  }

  /** The elements of an array that are objects. */
  objects(key: string): PropertyReader[] {
    const readers: PropertyReader[] = [];
    this.#items(key).forEach((item, index) => {
      if (item.kind === 'Object') readers.push(new PropertyReader(item, `${this.pathOf(key)}[${index}]`));
    });
    return readers;
  }

  /** The elements of an array that are text. */
  strings(key: string): string[] {
    return this.#items(key).flatMap((item) => asString(item) ?? []);
  }

  #items(key: string): readonly Value[] {
    const value = this.get(key);
    return value?.kind === 'Array' ? value.items : [];
  }
}

function asString(value: Value | undefined): string | null {
  switch (value?.kind) {
    case 'String':
      return value.value;
    case 'Integer':
    case 'Float':
    case 'Boolean':
      return String(value.value);
    default:
      return null;
  }
}

function asInteger(value: Value | undefined): number | null {
  switch (value?.kind) {
    case 'Integer':
      return Number(value.value);
    case 'Float':
      return Number.isInteger(value.value) ? value.value : null;
    case 'String':
      return /^\s*[+-]?\d+\s*$/.test(value.value) ? Number(value.value) : null;
    default:
      return null;
  }
}

function asBoolean(value: Value | undefined): boolean | null {
  if (value?.kind === 'Boolean') return value.value;
  if (value?.kind !== 'String') return null;
  const text = value.value.trim();
  if (sameName(text, 'true')) return true;
  return sameName(text, 'false') ? false : null;
}
