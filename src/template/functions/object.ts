import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import { TemplateFault } from '../template-fault.ts';
import type { ArrayValue, Member, ObjectValue, Value } from '../value.ts';
import { arrayValue, getValue, nullValue, objectValue, stringValue } from '../value.ts';
import { itemFromEnd } from './array.ts';
import { compareTexts, compareTextsIgnoringCase } from './collation.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { functionFault } from './function-fault.ts';
import { parseLenientJson } from './lenient-json.ts';

const createObject = defineFunction({
  name: 'createObject',
  family: 'object',
  description: 'Makes an object of keys and values that follow one another.',
  parameters: [{ name: 'keyOrValue', type: 'any', optional: true, variadic: true }],
  call: (args) => {
    if (args.length % 2 !== 0) {
      throw functionFault(
        'createObject',
        `The function expects an even number of parameters. ${args.length} were provided.`,
      );
    }
    return objectValue(pairs(args));
  },
});

function* pairs(args: readonly Value[]): Generator<readonly [string, Member]> {
  for (let index = 0; index < args.length; index += 2) {
    const [key, value] = args.slice(index, index + 2);
    if (key?.kind !== 'String') {
      throw functionFault('createObject', `Every key must be of type 'String'. One is of type '${key?.kind}'.`);
    }
    if (value !== undefined) yield [key.value, { value, keySpan: key.origin }];
  }
}

const items = defineFunction({
  name: 'items',
  family: 'object',
  description: 'Makes an array of objects with key and value of an object, sorted by key.',
  parameters: [{ name: 'inputObject', type: 'object' }],
  call: ([{ members }]) =>
    arrayValue(
      Array.from(members)
        .sort(([a], [b]) => compareTexts(a, b))
        .map(([key, { value, keySpan }]) =>
          objectValue([
            ['key', stringValue(key, keySpan)],
            ['value', value],
          ]),
        ),
    ),
});

const objectKeys = defineFunction({
  name: 'objectKeys',
  family: 'object',
  description: 'Makes an array of the keys of an object, sorted.',
  parameters: [{ name: 'object', type: 'object' }],
  call: ([{ members }]) =>
    arrayValue(
      Array.from(members)
        .sort(([a], [b]) => compareTextsIgnoringCase(a, b))
        .map(([key, { keySpan }]) => stringValue(key, keySpan)),
    ),
});

const json = defineFunction({
  name: 'json',
  family: 'object',
  description: 'Makes a value of JSON text.',
  parameters: [{ name: 'arg1', type: 'string' }],
  parsesJson: true,
  call: ([text]) => {
    // An empty text is no JSON, yet Azure takes it as null.
    if (text.trim() === '') return nullValue();
    return parseLenientJson(text, 'json');
  },
});

const nothing = defineFunction({
  name: 'null',
  family: 'object',
  description: 'The value null; a property with it is left out.',
  parameters: [],
  call: () => nullValue(),
});

const shallowMerge = defineFunction({
  name: 'shallowMerge',
  family: 'object',
  description: 'Joins the objects of an array; of equal keys, in any case, the last value wins.',
  parameters: [{ name: 'inputObjects', type: 'array' }],
  call: ([{ items: objects }]) => {
    const merged = new CaseInsensitiveMap<Member>();
    for (const object of objects) {
      if (object.kind !== 'Object') {
        throw functionFault('shallowMerge', `Every element must be of type 'Object'. One is of type '${object.kind}'.`);
      }
      for (const [key, member] of object.members) merged.set(key, member);
    }
    return objectValue(merged);
  },
});

const tryGet = defineFunction({
  name: 'tryGet',
  family: 'object',
  description: 'Follows keys and indices into a value; null as soon as one is missing.',
  parameters: [
    { name: 'itemToTest', type: ['object', 'array', 'null'] },
    { name: 'keyOrIndex', type: ['string', 'int', 'object'], variadic: true },
  ],
  call: ([base, ...keys]) => {
    let value: Value | undefined = base;
    for (const key of keys) {
      if (value === undefined || value.kind === 'Null') return nullValue();
      value = step(value, key);
    }
    return value ?? nullValue();
  },
});

function step(value: Value, key: Value): Value | undefined {
  if (value.kind === 'Object') return memberOf(value, key);
  if (value.kind === 'Array') return elementOf(value, key);
  throw functionFault('tryGet', `A value of type '${value.kind}' has no properties.`);
}

function memberOf(value: ObjectValue, key: Value): Value | undefined {
  if (key.kind === 'String') return getValue(value, key.value);
  throw new TemplateFault(
    `The language expression property '${key.kind === 'Integer' ? key.value : key.kind}' can't be evaluated, property name must be a string.`,
  );
}

function elementOf(value: ArrayValue, key: Value): Value | undefined {
  if (key.kind === 'Integer') return key.value < 0n ? undefined : value.items[Number(key.value)];
  if (key.kind === 'Object') return elementFromEnd(value, key);
  throw new TemplateFault(
    `The language expression property '${key.kind === 'String' ? key.value : key.kind}' can't be evaluated.`,
  );
}

/** Bicep's `array[?^1]` arrives as `{ value: 1, fromEnd: true }`. */
function elementFromEnd(value: ArrayValue, key: ObjectValue): Value | undefined {
  const index = getValue(key, 'value');
  const fromEnd = getValue(key, 'fromEnd');
  if (index?.kind !== 'Integer') {
    throw functionFault('tryGet', "An index given as an object needs a 'value' of type 'Integer'.");
  }
  return fromEnd?.kind === 'Boolean' && fromEnd.value ? itemFromEnd(value, index.value) : elementOf(value, index);
}

export const objectFunctions: readonly TemplateFunction[] = [
  createObject,
  items,
  json,
  nothing,
  objectKeys,
  shallowMerge,
  tryGet,
];
