import { foldCase } from '../../base/case-insensitive-map.ts';
import { TemplateFault } from '../template-fault.ts';
import type { ArrayValue, ObjectValue, StringValue, Value } from '../value.ts';
import { arrayValue, integerValue, nullValue, stringValue } from '../value.ts';
import { deepEqual } from './deep-equal.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { functionFault, wrongTypeFault } from './function-fault.ts';
import { foldText } from './letter-case.ts';
import { checkItemCount, WalkBudget } from './limits.ts';
import { displayText } from './value-text.ts';

const array = defineFunction({
  name: 'array',
  family: 'array',
  description: 'Puts a value into an array of its own; an array stays as it is.',
  parameters: [{ name: 'convertToArray', type: 'any' }],
  call: ([value]) => (value.kind === 'Array' ? value : arrayValue([value])),
});

const contains = defineFunction({
  name: 'contains',
  family: 'array',
  description:
    'Tells whether an array has an element, an object a key (in any case) or a text a part (in the same case).',
  parameters: [
    { name: 'container', type: ['array', 'object', 'string'] },
    { name: 'itemToFind', type: 'any' },
  ],
  call: ([container, item]) => {
    if (container.kind === 'Array') return positionsOf(container, item, 'contains').length > 0;
    const text = wordFrom(item);
    if (container.kind === 'String') return container.value.includes(text);
    return container.members.has(text) || hasKey(container, text);
  },
});

function hasKey(object: ObjectValue, name: string): boolean {
  const folded = foldCase(name);
  return Array.from(object.members.keys()).some((key) => foldCase(key) === folded);
}

function wordFrom(item: Value): string {
  if (item.kind === 'String' || item.kind === 'Integer') return displayText(item, 'contains');
  throw wrongTypeFault('contains', 'its second parameter', "'String' or 'Integer'", item.kind);
}

function positionsOf(container: ArrayValue, item: Value, functionName: string): readonly number[] {
  const budget = new WalkBudget(functionName);
  return container.items.flatMap((candidate, index) => (deepEqual(candidate, item, budget) ? [index] : []));
}

const createArray = defineFunction({
  name: 'createArray',
  family: 'array',
  description: 'Makes an array of its arguments.',
  parameters: [{ name: 'arg', type: 'any', optional: true, variadic: true }],
  call: (items) => arrayValue(items),
});

const empty = defineFunction({
  name: 'empty',
  family: 'array',
  description: 'Tells whether an array, object or text has nothing in it; null has not.',
  parameters: [{ name: 'itemToTest', type: ['array', 'object', 'string', 'null'] }],
  call: ([item]) => item.kind === 'Null' || sizeOf(item) === 0,
});

const length = defineFunction({
  name: 'length',
  family: 'array',
  description: 'Counts the elements of an array, the members of an object or the characters of a text.',
  parameters: [{ name: 'arg', type: ['array', 'object', 'string'] }],
  call: ([value]) => BigInt(sizeOf(value)),
});

function sizeOf(value: ArrayValue | ObjectValue | StringValue): number {
  if (value.kind === 'Object') return value.members.size;
  return value.kind === 'Array' ? value.items.length : value.value.length;
}

const first = defineFunction({
  name: 'first',
  family: 'array',
  description: 'Takes the first element of an array or character of a text; null and an empty text when there is none.',
  parameters: [{ name: 'arg', type: ['array', 'string'] }],
  call: ([value]) => (value.kind === 'Array' ? (value.items[0] ?? nullValue()) : value.value.charAt(0)),
});

const last = defineFunction({
  name: 'last',
  family: 'array',
  description: 'Takes the last element of an array or character of a text; null and an empty text when there is none.',
  parameters: [{ name: 'arg', type: ['array', 'string'] }],
  call: ([value]) => (value.kind === 'Array' ? (value.items.at(-1) ?? nullValue()) : value.value.slice(-1)),
});

const flatten = defineFunction({
  name: 'flatten',
  family: 'array',
  description: 'Puts the elements of the arrays in an array one after another.',
  parameters: [{ name: 'arrayToFlatten', type: 'array' }],
  call: ([outer]) => {
    const inner = outer.items.map((item) => {
      if (item.kind === 'Array') return item;
      throw functionFault('flatten', `Every element must be of type 'Array'. One is of type '${item.kind}'.`);
    });
    checkItemCount(
      'flatten',
      inner.reduce((sum, { items }) => sum + items.length, 0),
    );
    return arrayValue(inner.flatMap(({ items }) => items));
  },
});

const indexOf = defineFunction({
  name: 'indexOf',
  family: 'array',
  description:
    'Finds the first place of an element in an array or of a text in a text (in any case); -1 when there is none.',
  parameters: [
    { name: 'container', type: ['array', 'string'] },
    { name: 'itemToFind', type: 'any' },
  ],
  call: ([container, item]) => {
    if (container.kind === 'Array') return BigInt(positionsOf(container, item, 'indexOf')[0] ?? -1);
    return BigInt(foldText(container.value).indexOf(foldText(searchText(item, 'indexOf'))));
  },
});

const lastIndexOf = defineFunction({
  name: 'lastIndexOf',
  family: 'array',
  description:
    'Finds the last place of an element in an array or of a text in a text (in any case); -1 when there is none.',
  parameters: [
    { name: 'container', type: ['array', 'string'] },
    { name: 'itemToFind', type: 'any' },
  ],
  call: ([container, item]) => {
    if (container.kind === 'Array') return BigInt(positionsOf(container, item, 'lastIndexOf').at(-1) ?? -1);
    return BigInt(foldText(container.value).lastIndexOf(foldText(searchText(item, 'lastIndexOf'))));
  },
});

function searchText(item: Value, functionName: string): string {
  if (item.kind === 'String') return item.value;
  throw wrongTypeFault(functionName, 'its second parameter', "'String'", item.kind);
}

// Documented limits: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array#range
const maximumRangeCount = 10_000n;
const maximumRangeEnd = 2_147_483_647n;

const range = defineFunction({
  name: 'range',
  family: 'array',
  description: 'Counts up from an integer.',
  parameters: [
    { name: 'startIndex', type: 'int' },
    { name: 'count', type: 'int' },
  ],
  call: ([start, count]) => {
    if (count < 0n || count > maximumRangeCount) {
      throw functionFault(
        'range',
        `The count must be between 0 and ${maximumRangeCount}. The count parameter: '${count}'.`,
      );
    }
    if (start + count > maximumRangeEnd) {
      throw functionFault(
        'range',
        `The sum of start index and count must not be greater than ${maximumRangeEnd}. The start index parameter: '${start}', the count parameter: '${count}'.`,
      );
    }
    return arrayValue(Array.from({ length: Number(count) }, (_, index) => integerValue(start + BigInt(index))));
  },
});

const skip = defineFunction({
  name: 'skip',
  family: 'array',
  description: 'Leaves out so many elements or characters at the beginning.',
  parameters: [
    { name: 'originalValue', type: ['array', 'string'] },
    { name: 'numberToSkip', type: 'int' },
  ],
  call: ([value, count]) => slice(value, clamp(count), undefined),
});

const take = defineFunction({
  name: 'take',
  family: 'array',
  description: 'Keeps so many elements or characters from the beginning.',
  parameters: [
    { name: 'originalValue', type: ['array', 'string'] },
    { name: 'numberToTake', type: 'int' },
  ],
  call: ([value, count]) => slice(value, 0, clamp(count)),
});

function slice(value: ArrayValue | StringValue, start: number, end: number | undefined): Value {
  return value.kind === 'Array'
    ? arrayValue(value.items.slice(start, end))
    : stringValue(value.value.slice(start, end));
}

function clamp(count: bigint): number {
  if (count < 0n) return 0;
  return count > maximumRangeEnd ? Number(maximumRangeEnd) : Number(count);
}

const indexFromEnd = defineFunction({
  name: 'indexFromEnd',
  family: 'array',
  description: 'Takes an element counted from the end, where 1 is the last one.',
  parameters: [
    { name: 'sourceArray', type: 'array' },
    { name: 'reverseIndex', type: 'int' },
  ],
  call: ([value, index]) => {
    const item = itemFromEnd(value, index);
    if (item !== undefined) return item;
    throw new TemplateFault(`The language expression property array index '${index}' is out of bounds.`);
  },
});

const tryIndexFromEnd = defineFunction({
  name: 'tryIndexFromEnd',
  family: 'array',
  description: 'Takes an element counted from the end, where 1 is the last one; null when there is none.',
  parameters: [
    { name: 'sourceArray', type: 'array' },
    { name: 'reverseIndex', type: 'int' },
  ],
  call: ([value, index]) => itemFromEnd(value, index) ?? nullValue(),
});

/** The element so many places from the end, counted from 1. */
export function itemFromEnd({ items }: ArrayValue, index: bigint): Value | undefined {
  return index >= 1n && index <= BigInt(items.length) ? items[items.length - Number(index)] : undefined;
}

export const arrayFunctions: readonly TemplateFunction[] = [
  array,
  contains,
  createArray,
  empty,
  first,
  flatten,
  indexFromEnd,
  indexOf,
  last,
  lastIndexOf,
  length,
  range,
  skip,
  take,
  tryIndexFromEnd,
];
