import type { ArrayValue, ObjectValue, Value } from '../value.ts';
import type { WalkBudget } from './limits.ts';

/**
 * Whether two values are equal to `equals`: of the same type and with the same content. Texts and keys are compared
 * by ordinal, the order of an object's members means nothing.
 */
export function deepEqual(a: Value, b: Value, budget: WalkBudget, depth = 0): boolean {
  budget.step(depth);
  if (a === b) return true;
  switch (a.kind) {
    case 'Null':
      return b.kind === 'Null';
    case 'Array':
      return b.kind === 'Array' && equalItems(a, b, budget, depth + 1);
    case 'Object':
      return b.kind === 'Object' && equalMembers(a, b, budget, depth + 1);
    default:
      return a.kind === b.kind && a.value === b.value;
  }
}

function equalItems(a: ArrayValue, b: ArrayValue, budget: WalkBudget, depth: number): boolean {
  if (a.items.length !== b.items.length) return false;
  return a.items.every((item, index) => {
    const other = b.items[index];
    return other !== undefined && deepEqual(item, other, budget, depth);
  });
}

function equalMembers(a: ObjectValue, b: ObjectValue, budget: WalkBudget, depth: number): boolean {
  if (a.members.size !== b.members.size) return false;
  for (const [key, { value }] of a.members) {
    const other = b.members.get(key);
    if (other === undefined || !deepEqual(value, other.value, budget, depth)) return false;
  }
  return true;
}
