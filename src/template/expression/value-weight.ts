import type { Span } from '../../base/span.ts';
import { type Budget, limitFault, partSize } from '../limits.ts';
import type { ArrayValue, ObjectValue, Value } from '../value.ts';

interface Weight {
  readonly nodes: number;
  readonly depth: number;
  /** Characters as compact JSON, but for those that escapes add. */
  readonly textLength: number;
}

/** Enough for any integer, float, Boolean or null. */
const scalarTextLength = 8;

type Branch = ArrayValue | ObjectValue;

const smallBranch = 16;

const weights = new WeakMap<Branch, Weight>();

/**
 * How many nodes a value has when written out, and how many levels. Values share their parts, so one built by doubling
 * is small in memory and immense on paper; the weight of each part is remembered, which makes this cheap all the same.
 */
function weigh(branch: Branch): Weight {
  const known = weights.get(branch);
  if (known !== undefined) return known;
  const sum = new WeightSum();
  if (branch.kind === 'Array') for (const item of branch.items) sum.add(item, 1);
  else for (const [key, { value }] of branch.members) sum.add(value, key.length + 4);
  const weight: Weight = { nodes: sum.nodes, depth: sum.depth, textLength: sum.textLength };
  // Small parts are weighed again faster than they are looked up.
  if (weight.nodes > smallBranch) weights.set(branch, weight);
  return weight;
}

class WeightSum {
  nodes = 1;
  depth = 1;
  textLength = 2;

  /** @param framing characters around the part: its key, quotes and commas */
  add(part: Value, framing: number): void {
    if (part.kind !== 'Array' && part.kind !== 'Object') {
      this.nodes += 1;
      this.textLength += framing + scalarLength(part);
      return;
    }
    const { nodes, depth, textLength } = weigh(part);
    this.nodes += nodes;
    this.textLength += framing + textLength;
    if (depth >= this.depth) this.depth = depth + 1;
  }
}

function scalarLength(value: Exclude<Value, Branch>): number {
  return value.kind === 'String' ? value.value.length + 2 : scalarTextLength;
}

/** How many characters a value has as compact JSON, about. */
export function textLengthOf(value: Value): number {
  return value.kind === 'Array' || value.kind === 'Object' ? weigh(value).textLength : scalarLength(value);
}

/** What a value takes in memory by itself, in characters, about; with its parts' parts, when those are new, too. */
export function madeSize(value: Value, areAllPartsNew: boolean): number {
  switch (value.kind) {
    case 'String':
      return value.value.length;
    case 'Array':
      return partSize * (areAllPartsNew ? weigh(value).nodes : value.items.length);
    case 'Object':
      return partSize * (areAllPartsNew ? weigh(value).nodes : value.members.size);
    default:
      return 0;
  }
}

/** The value itself, unless it is larger or deeper than an evaluation may make one. */
export function withinSize<V extends Value>(value: V, budget: Budget, site: Span | undefined): V;
export function withinSize(value: Value, budget: Budget, site: Span | undefined): Value {
  // The functions see to it that no text is too long.
  if (value.kind !== 'Array' && value.kind !== 'Object') return value;
  const { nodes, depth } = weigh(value);
  if (nodes > budget.limits.valueSize) {
    throw limitFault(`A value has more than ${budget.limits.valueSize} parts; evaluation stopped.`, site);
  }
  if (depth > budget.limits.valueDepth) {
    throw limitFault(`A value nests more than ${budget.limits.valueDepth} levels; evaluation stopped.`, site);
  }
  return value;
}
