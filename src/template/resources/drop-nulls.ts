import { withLeftOutOf } from '../left-out.ts';
import type { Budget } from '../limits.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import type { ArrayValue, Member, ObjectValue, Value } from '../value.ts';

/**
 * The value without members that are null. Azure Resource Manager drops them before it sends a resource to its provider;
 * null elements of arrays stay.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#null-values
 */
export function dropNulls<V extends Value>(value: V, budget: Budget): V;
export function dropNulls(value: Value, budget: Budget): Value {
  if (value.kind === 'Object') return dropNullMembers(value, budget);
  return value.kind === 'Array' ? dropInItems(value, budget) : value;
}

function dropNullMembers(value: ObjectValue, budget: Budget): ObjectValue {
  budget.step(value.origin);
  const members = new Map<string, Member>();
  let isChanged = false;
  for (const [key, member] of value.members) {
    const kept = dropNulls(member.value, budget);
    // What only stands in as null need not be null, and must not look as if it was never written.
    const isDropped = kept.kind === 'Null' && !isMadeUp(kept);
    if (!isDropped) members.set(key, kept === member.value ? member : { ...member, value: kept });
    if (isDropped || kept !== member.value) isChanged = true;
  }
  return isChanged ? withLeftOutOf(value, { ...value, members }) : value;
}

function dropInItems(value: ArrayValue, budget: Budget): ArrayValue {
  budget.step(value.origin);
  const items = value.items.map((item) => dropNulls(item, budget));
  return items.some((item, index) => item !== value.items[index]) ? { ...value, items } : value;
}
