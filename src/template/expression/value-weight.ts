import type { Span } from '../../base/span.ts';
import { type Budget, limitFault } from '../limits.ts';
import type { Value } from '../value.ts';

interface Weight {
  readonly nodes: number;
  readonly depth: number;
}

const scalarWeight: Weight = { nodes: 1, depth: 0 };
const weights = new WeakMap<Value, Weight>();

/**
 * How many nodes a value has when written out, and how many levels. Values share their parts, so one built by doubling
 * is small in memory and immense on paper; the weight of each part is remembered, which makes this cheap all the same.
 */
function weigh(value: Value): Weight {
  if (value.kind !== 'Array' && value.kind !== 'Object') return scalarWeight;
  const known = weights.get(value);
  if (known !== undefined) return known;
  const weight = value.kind === 'Array' ? sum(value.items) : sum(memberValues(value));
  weights.set(value, weight);
  return weight;
}

function* memberValues(value: Value & { kind: 'Object' }): Generator<Value> {
  for (const member of value.members.values()) yield member.value;
}

function sum(parts: Iterable<Value>): Weight {
  let nodes = 1;
  let depth = 0;
  for (const part of parts) {
    const weight = weigh(part);
    nodes += weight.nodes;
    if (weight.depth > depth) depth = weight.depth;
  }
  return { nodes, depth: depth + 1 };
}

/** The value itself, unless it is larger or deeper than an evaluation may make one. */
export function withinSize(value: Value, budget: Budget, site: Span | undefined): Value {
  const { nodes, depth } = weigh(value);
  if (nodes > budget.limits.valueSize) {
    throw limitFault(`A value has more than ${budget.limits.valueSize} parts; evaluation stopped.`, site);
  }
  if (depth > budget.limits.valueDepth) {
    throw limitFault(`A value nests more than ${budget.limits.valueDepth} levels; evaluation stopped.`, site);
  }
  return value;
}
