import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import { TemplateFault } from '../template-fault.ts';
import type { ArrayValue, ObjectValue, Value } from '../value.ts';
import { arrayValue, nullValue, objectValue } from '../value.ts';
import { deepEqual } from './deep-equal.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { checkItemCount, WalkBudget } from './limits.ts';
import { ValueSet } from './value-set.ts';

const distinct = defineFunction({
  name: 'distinct',
  family: 'array',
  description: 'Keeps the first of equal elements.',
  parameters: [{ name: 'array', type: 'array' }],
  call: ([{ items }]) => arrayValue(withoutDuplicates(items, 'distinct')),
});

function withoutDuplicates(items: readonly Value[], functionName: string): readonly Value[] {
  const seen = new ValueSet([], new WalkBudget(functionName));
  return items.filter((item) => seen.add(item));
}

const union = defineFunction({
  name: 'union',
  family: 'array',
  description: 'Joins arrays without duplicates, or objects of which the later wins, nested objects included.',
  // Azure skips nulls, so that an optional part may be absent.
  parameters: [{ name: 'arg', type: ['array', 'object', 'null'], variadic: true }],
  call: (args) => {
    const { arrays, objects } = separate('union', args);
    if (arrays.length > 0) return uniteArrays(arrays);
    const budget = new WalkBudget('union');
    if (objects.length === 0) return nullValue();
    return objects.reduce((merged, object) => mergeObjects(merged, object, budget, 0));
  },
});

function uniteArrays(arrays: readonly ArrayValue[]): Value {
  checkItemCount(
    'union',
    arrays.reduce((sum, { items }) => sum + items.length, 0),
  );
  const all = arrays.flatMap(({ items }) => items);
  return arrayValue(withoutDuplicates(all, 'union'));
}

/** Nested objects are merged, nested arrays replaced. */
function mergeObjects(a: ObjectValue, b: ObjectValue, budget: WalkBudget, depth: number): ObjectValue {
  const merged = new CaseInsensitiveMap(a.members);
  for (const [key, member] of b.members) {
    budget.step(depth);
    const mine = merged.get(key)?.value;
    const theirs = member.value;
    const areObjects = mine?.kind === 'Object' && theirs.kind === 'Object';
    merged.set(key, areObjects ? { ...member, value: mergeObjects(mine, theirs, budget, depth + 1) } : member);
  }
  checkItemCount('union', merged.size);
  return objectValue(merged);
}

const intersection = defineFunction({
  name: 'intersection',
  family: 'array',
  description: 'Keeps the elements, or the pairs of key and value, that all arguments have.',
  parameters: [
    { name: 'arg1', type: ['array', 'object'] },
    { name: 'arg', type: ['array', 'object'], variadic: true },
  ],
  call: (args) => {
    const { arrays, objects } = separate('intersection', args);
    return arrays.length > 0 ? intersectArrays(arrays) : intersectObjects(objects);
  },
});

function intersectArrays(arrays: readonly ArrayValue[]): Value {
  const budget = new WalkBudget('intersection');
  const [first, ...others] = arrays.map(({ items }) => items);
  const sets = others.map((items) => new ValueSet(items, budget));
  const shared = (first ?? []).filter((item) => sets.every((set) => set.has(item)));
  return arrayValue(withoutDuplicates(shared, 'intersection'));
}

function intersectObjects([first, ...others]: readonly ObjectValue[]): Value {
  const budget = new WalkBudget('intersection');
  const members = Array.from(first?.members ?? []).filter(([key, { value }]) =>
    others.every((other) => {
      const theirs = other.members.get(key)?.value;
      return theirs !== undefined && deepEqual(value, theirs, budget);
    }),
  );
  return objectValue(members);
}

interface Separated {
  readonly arrays: readonly ArrayValue[];
  readonly objects: readonly ObjectValue[];
}

/** All arrays or all objects; nulls, where they are allowed, count as neither. */
function separate(functionName: string, args: readonly Value[]): Separated {
  const arrays = args.filter((arg) => arg.kind === 'Array');
  const objects = args.filter((arg) => arg.kind === 'Object');
  if (arrays.length === 0 || objects.length === 0) return { arrays, objects };
  throw new TemplateFault(
    `The template language function '${functionName}' expects its parameters to be either all arrays or all objects. The provided values are of type ${args.map(({ kind }) => `'${kind}'`).join(', ')}. Please see https://aka.ms/arm-functions#${functionName} for usage details.`,
  );
}

export const collectionFunctions: readonly TemplateFunction[] = [distinct, intersection, union];
