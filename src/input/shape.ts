import type { PathSegment } from '../base/json-path.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { Problem } from '../base/problem.ts';

/** A JSON Schema, as far as files of Agate's own need it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Definition {
  readonly id: string;
  readonly schema: JsonSchema;
}

/**
 * What a value has to look like: one definition that both reads values and describes itself to editors as JSON Schema,
 * so that the two cannot disagree. A value that does not fit is told in `problems` and read as undefined.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** For messages: `a list`, `text`. */
  readonly name: string;
  /** What `schema` refers to, for a shape that is used in many places. */
  readonly definition?: Definition;
  read(value: unknown, path: readonly PathSegment[], problems: Problem[]): T | undefined;
}

/** A shape whose schema stands in one place and is referred to from others. */
export function defined<T>(id: string, shape: Shape<T>): Shape<T> & { readonly definition: Definition } {
  return { ...shape, schema: { $ref: `#/definitions/${id}` }, definition: { id, schema: shape.schema } };
}

interface ScalarRules<T> {
  readonly name: string;
  readonly schema: JsonSchema;
  /** undefined for what does not fit. */
  accept(value: unknown): T | undefined;
}

export function scalar<T>({ name, schema, accept }: ScalarRules<T>): Shape<T> {
  return {
    name,
    schema,
    read(value, path, problems) {
      const accepted = accept(value);
      if (accepted === undefined) problems.push(misfit(value, name, path));
      return accepted;
    },
  };
}

export function misfit(value: unknown, expected: string, path: readonly PathSegment[]): Problem {
  const last = path.at(-1);
  const where = typeof last === 'string' ? `'${last}'` : 'This';
  return { path, message: `${where} is ${describe(value)}; it should be ${expected}.` };
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}

export const text = scalar<string>({
  name: 'text',
  schema: { type: ['string', 'number', 'boolean'] },
  // YAML reads `1.0` and `true` as a number and a switch where a text is meant just as often.
  accept: (value) => (['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined),
});

/** Text that says something. */
export const words = scalar<string>({
  name: 'some words',
  schema: { ...text.schema, pattern: '\\S' },
  accept: (value) => wordsOf(value),
});

/** Why something is so. A switch says nothing, and one that is off would be taken for a reason. */
export const reason = scalar<string>({
  name: 'the reason in words',
  schema: { type: ['string', 'number'], pattern: '\\S' },
  accept: (value) => (typeof value === 'boolean' ? undefined : wordsOf(value)),
});

function wordsOf(value: unknown): string | undefined {
  const read = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
  return /\S/.test(read) ? read : undefined;
}

export const flag = scalar<boolean>({
  name: 'true or false',
  schema: { type: 'boolean' },
  accept: (value) => (typeof value === 'boolean' ? value : undefined),
});

export function wholeNumber(least: number, most: number): Shape<number> {
  return scalar({
    name: `a whole number from ${least} to ${most}`,
    schema: { type: 'integer', minimum: least, maximum: most },
    accept: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined,
  });
}

/** Text of a certain form. */
export function textLike(name: string, pattern: RegExp): Shape<string> {
  return scalar({
    name,
    schema: { type: 'string', pattern: pattern.source },
    accept: (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined),
  });
}

/** Takes anything. */
export const anything: Shape<unknown> = { name: 'anything', schema: {}, read: (value) => value };

export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    name: 'a list',
    schema: { type: 'array', items: item.schema },
    read(value, path, problems) {
      if (!Array.isArray(value)) {
        problems.push(misfit(value, 'a list', path));
        return undefined;
      }
      return value.flatMap((each: unknown, index) => item.read(each, [...path, index], problems) ?? []);
    },
  };
}

/** A list of one item or more. */
export function filledList<T>(item: Shape<T>): Shape<readonly T[]> {
  const all = list(item);
  return {
    name: 'a list of one or more',
    schema: { ...all.schema, minItems: 1 },
    read(value, path, problems) {
      if (Array.isArray(value) && value.length === 0)
        problems.push({ path, message: 'This list is empty; it needs one item or more.' });
      return all.read(value, path, problems);
    },
  };
}

/** A mapping with any keys. */
export function record<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    name: 'a mapping',
    schema: { type: 'object', additionalProperties: item.schema },
    read(value, path, problems) {
      if (!isRecord(value)) {
        problems.push(misfit(value, 'a mapping', path));
        return undefined;
      }
      const entries: [string, T][] = [];
      for (const [key, each] of Object.entries(value)) {
        const before = problems.length;
        const read = item.read(each, [...path, key], problems);
        if (problems.length === before) entries.push([key, read as T]);
      }
      return Object.fromEntries(entries);
    },
  };
}

/** The first of several shapes that fits; with none, `name` tells what would. */
export function oneOf<T>(name: string, shapes: readonly Shape<T>[]): Shape<T> {
  return {
    name,
    schema: { anyOf: shapes.map(({ schema }) => schema) },
    read(value, path, problems) {
      for (const shape of shapes) {
        const found: Problem[] = [];
        const read = shape.read(value, path, found);
        if (found.length === 0) return read;
        // A mapping with a fault inside is closer to what was meant than any other form.
        if (found.some((problem) => problem.path.length > path.length)) {
          problems.push(...found);
          return undefined;
        }
      }
      problems.push(misfit(value, name, path));
      return undefined;
    },
  };
}

interface Member {
  readonly shape: Shape<unknown>;
  readonly description: string;
  readonly isRequired: boolean;
}

/** The shapes of a mapping's members, by name. */
export type Members<T> = { readonly [K in keyof T]-?: Member };

export function optional(shape: Shape<unknown>, description: string): Member {
  return { shape, description, isRequired: false };
}

export function required(shape: Shape<unknown>, description: string): Member {
  return { shape, description, isRequired: true };
}

/** A mapping whose members are known. Others are told, with what was probably meant. */
export function mapping<T extends object>(members: Members<T>): Shape<T> {
  const known = Object.entries<Member>(members);
  const requiredNames = known.filter(([, { isRequired }]) => isRequired).map(([name]) => name);
  return {
    name: 'a mapping',
    schema: {
      type: 'object',
      additionalProperties: false,
      ...(requiredNames.length === 0 ? {} : { required: requiredNames }),
      properties: Object.fromEntries(
        known.map(([name, { shape, description }]) => [name, { description, ...shape.schema }]),
      ),
    },
    read(value, path, problems) {
      if (!isRecord(value)) {
        problems.push(misfit(value, 'a mapping', path));
        return undefined;
      }
      const names = known.map(([name]) => name);
      for (const key of Object.keys(value)) if (!names.includes(key)) problems.push(unknownKey(key, names, path));
      for (const name of requiredNames) {
        if (!Object.hasOwn(value, name)) problems.push({ path, message: `'${name}' is missing.` });
      }
      const read = known
        .filter(([name]) => Object.hasOwn(value, name))
        .map(([name, { shape }]) => [name, shape.read(value[name], [...path, name], problems)] as const)
        .filter(([, member]) => member !== undefined);
      return Object.fromEntries(read) as T;
    },
  };
}

/** A shape whose problems end with an example, unless they have a hint of their own. */
export function withHint<T>(shape: Shape<T>, hint: string): Shape<T> {
  return {
    ...shape,
    read(value, path, problems) {
      const found: Problem[] = [];
      const read = shape.read(value, path, found);
      problems.push(...found.map((problem) => ({ hint, ...problem })));
      return read;
    },
  };
}

/** Exactly one of a mapping's members, the others being other ways to say it. */
export function exactlyOne<T extends object>(shape: Shape<T>, names: readonly (keyof T & string)[]): Shape<T> {
  const choices = names.map((name) => `'${name}'`).join(', ');
  return {
    name: shape.name,
    schema: { ...shape.schema, oneOf: names.map((name) => ({ required: [name] })) },
    read(value, path, problems) {
      const read = shape.read(value, path, problems);
      if (!isRecord(value)) return read;
      const found = names.filter((name) => Object.hasOwn(value, name));
      if (found.length === 1) return read;
      const given = found.length === 0 ? 'none' : found.map((name) => `'${name}'`).join(' and ');
      problems.push({ path, message: `One of ${choices} is needed here, and one only; there is ${given}.` });
      return undefined;
    },
  };
}

/** A mapping whose keys are of a certain form. */
export function keyed<T>(
  key: Shape<string>,
  shape: Shape<Readonly<Record<string, T>>>,
): Shape<Readonly<Record<string, T>>> {
  return {
    name: shape.name,
    schema: { ...shape.schema, propertyNames: key.schema },
    read(value, path, problems) {
      const wrong = Object.keys(isRecord(value) ? value : {}).filter((name) => {
        const before = problems.length;
        key.read(name, [...path, name], problems);
        return problems.length > before;
      });
      const read = shape.read(value, path, problems);
      return read && Object.fromEntries(Object.entries(read).filter(([name]) => !wrong.includes(name)));
    },
  };
}

function unknownKey(key: string, known: readonly string[], path: readonly PathSegment[]): Problem {
  const nearest = nearestName(key, known);
  const hint = nearest === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean '${nearest}'?`;
  return { path: [...path, key], message: `There is no '${key}' here.`, hint, isOfName: true };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
