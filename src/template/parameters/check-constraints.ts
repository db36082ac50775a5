import { foldCase } from '../../base/case-insensitive-map.ts';
import { type PathSegment, renderPath } from '../../base/json-path.ts';
import type { Span } from '../../base/span.ts';
import { WalkBudget } from '../functions/limits.ts';
import { ValueSet } from '../functions/value-set.ts';
import { displayText } from '../functions/value-text.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import { type ArrayValue, getMember, getValue, type ObjectValue, type Value } from '../value.ts';
import { kindsOfTypes, readTypeSchema, type TypeName, type TypeSchema } from './type-schema.ts';

/** A value that its declared type does not allow. */
export interface Violation {
  readonly message: string;
  readonly span: Span | undefined;
}

/** What is being checked, and against which template's definitions. */
export interface Subject {
  readonly kind: 'parameter' | 'output';
  /** `template parameter 'name'`, as Azure's messages begin. */
  readonly what: string;
  readonly definitions: ObjectValue;
}

/** The types as Azure's message lists them. */
const typesInMessages: Readonly<Record<TypeName, string>> = {
  string: 'String, Uri',
  int: 'Integer',
  bool: 'Boolean',
  array: 'Array',
  object: 'Object',
};

const usageOfKinds: Readonly<Record<Subject['kind'], string>> = {
  parameter: 'https://aka.ms/resource-manager-parameter-files',
  output: 'https://aka.ms/arm-template/#outputs',
};

/** Everything about a value that its type forbids; empty when it fits. */
export function checkConstraints(value: Value, schema: TypeSchema, subject: Subject): readonly Violation[] {
  const violations: Violation[] = [];
  new ConstraintCheck(subject, violations).check(value, schema, []);
  return violations;
}

export function isAllowed(value: Value, { items }: ArrayValue): boolean {
  return isAmong(new ValueSet(items, new WalkBudget('allowedValues')), value);
}

/** Of an array, the list may also say what its elements can be. */
function isAmong(allowed: ValueSet, value: Value): boolean {
  return allowed.has(value) || (value.kind === 'Array' && value.items.every((item) => allowed.has(item)));
}

class ConstraintCheck {
  readonly #subject: Subject;
  readonly #violations: Violation[];
  /** The elements of an array are often all held against the same list. */
  readonly #allowedSets = new Map<ArrayValue, ValueSet>();

  constructor(subject: Subject, violations: Violation[]) {
    this.#subject = subject;
    this.#violations = violations;
  }

  check(value: Value, schema: TypeSchema, path: readonly PathSegment[]): void {
    // Whoever tells the value will keep to its type.
    if (isMadeUp(value)) return;
    if (value.kind === 'Null' && schema.isNullable) return;
    if (value.kind !== kindsOfTypes[schema.type]) {
      this.#violations.push({
        message: `Template ${this.#subject.kind} JToken type is not valid. Expected '${typesInMessages[schema.type]}'. Actual '${value.kind}'. Please see ${usageOfKinds[this.#subject.kind]} for usage details. The value belongs to the ${this.#name(path)}.`,
        span: value.origin,
      });
      return;
    }
    if (schema.allowedValues !== undefined) this.#checkAllowed(value, schema.allowedValues, path);
    this.#checkRange(value, schema, path);
    if (value.kind === 'Array') this.#checkItems(value, schema, path);
    if (value.kind === 'Object') this.#checkProperties(value, schema, path);
  }

  #checkAllowed(value: Value, allowed: ArrayValue, path: readonly PathSegment[]): void {
    if (isAmong(this.#allowedSet(allowed), value)) return;
    const list = allowed.items.map((item) => displayText(item, 'allowedValues')).join(',');
    const shown = value.secret ? 'The parameter value' : `The value '${displayText(value, 'allowedValues')}'`;
    this.#add(value, path, `${shown} is not part of the allowed value(s): '${list}'.`);
  }

  #allowedSet(allowed: ArrayValue): ValueSet {
    const known = this.#allowedSets.get(allowed) ?? new ValueSet(allowed.items, new WalkBudget('allowedValues'));
    this.#allowedSets.set(allowed, known);
    return known;
  }

  #checkRange(value: Value, schema: TypeSchema, path: readonly PathSegment[]): void {
    const bounds = boundsOf(value, schema);
    if (bounds === undefined) return;
    const { measured, what, min, max } = bounds;
    if (min !== undefined && measured < min) {
      this.#add(value, path, `${what} should be greater than or equal to '${min}'. ${usageDetails}`);
    }
    if (max !== undefined && measured > max) {
      this.#add(value, path, `${what} should be less than or equal to '${max}'. ${usageDetails}`);
    }
  }

  #checkItems(value: ArrayValue, schema: TypeSchema, path: readonly PathSegment[]): void {
    if (value.items.length < schema.prefixItems.length) {
      this.#add(value, path, `The array should have at least '${schema.prefixItems.length}' elements.`);
    }
    for (const [index, item] of value.items.entries()) {
      const itemSchema = schema.prefixItems[index] ?? schema.items;
      if (itemSchema === false) this.#add(item, [...path, index], 'The array should have no further elements.');
      else if (itemSchema !== true) this.#checkPart(item, itemSchema, [...path, index]);
    }
  }

  #checkProperties(value: ObjectValue, schema: TypeSchema, path: readonly PathSegment[]): void {
    for (const [name, declaration] of schema.properties) {
      const member = getValue(value, name);
      if (member !== undefined) this.#checkPart(member, declaration, [...path, name]);
      else if (!readTypeSchema(declaration, this.#subject.definitions).isNullable) {
        this.#add(value, path, `The property '${name}' is required.`);
      }
    }
    const branch = this.#branch(value, schema, path);
    const declared = new Set(Array.from(schema.properties.keys(), foldCase));
    const tag = schema.discriminator === undefined ? undefined : foldCase(schema.discriminator.propertyName);
    for (const [name, { value: member }] of value.members) {
      if (!declared.has(foldCase(name)) && foldCase(name) !== tag) {
        this.#checkAdditional(member, schema.additionalProperties, [...path, name]);
      }
    }
    if (branch === undefined) return;
    // Bicep lists the tag among the properties of each branch; a branch that does not must not refuse it as unknown.
    const listsTag = [...branch.properties.keys()].some((name) => foldCase(name) === tag);
    this.#checkProperties(listsTag ? value : withoutMember(value, tag), branch, path);
  }

  #checkAdditional(value: Value, allowed: ObjectValue | boolean, path: readonly PathSegment[]): void {
    if (allowed === false) this.#add(value, path, `The property '${path.at(-1)}' is not permitted on this object.`);
    else if (allowed !== true) this.#checkPart(value, allowed, path);
  }

  /** The type that the value's tag selects. */
  #branch(value: ObjectValue, { discriminator }: TypeSchema, path: readonly PathSegment[]): TypeSchema | undefined {
    if (discriminator === undefined) return undefined;
    const { propertyName, mapping } = discriminator;
    const tag = getValue(value, propertyName);
    const branch = tag?.kind === 'String' ? getMember(mapping, tag.value)?.value : undefined;
    if (branch?.kind === 'Object') return readTypeSchema(branch, this.#subject.definitions);
    const allowed = [...mapping.members.keys()].map((key) => `'${key}'`).join(', ');
    this.#add(tag ?? value, path, `The property '${propertyName}' must be one of ${allowed}.`);
    return undefined;
  }

  #checkPart(value: Value, declaration: ObjectValue, path: readonly PathSegment[]): void {
    this.check(value, readTypeSchema(declaration, this.#subject.definitions), path);
  }

  #add(value: Value, path: readonly PathSegment[], reason: string): void {
    this.#violations.push({
      message: `The provided value for the ${this.#name(path)} is not valid. ${reason}`,
      span: value.origin,
    });
  }

  #name(path: readonly PathSegment[]): string {
    return path.length === 0 ? this.#subject.what : `${this.#subject.what}, property '${renderPath(path)}'`;
  }
}

const usageDetails = 'Please see https://aka.ms/arm-syntax-parameters for usage details.';

interface Bounds {
  readonly measured: bigint;
  readonly what: string;
  readonly min: bigint | undefined;
  readonly max: bigint | undefined;
}

function boundsOf(value: Value, schema: TypeSchema): Bounds | undefined {
  const { minLength, maxLength } = schema;
  switch (value.kind) {
    case 'Integer':
      return { measured: value.value, what: 'The value', min: schema.minValue, max: schema.maxValue };
    case 'String':
      return { measured: BigInt(value.value.length), what: 'Length of the value', min: minLength, max: maxLength };
    case 'Array':
      return { measured: BigInt(value.items.length), what: 'Length of the value', min: minLength, max: maxLength };
    default:
      return undefined;
  }
}

function withoutMember(object: ObjectValue, foldedKey: string | undefined): ObjectValue {
  return { ...object, members: new Map([...object.members].filter(([key]) => foldCase(key) !== foldedKey)) };
}
