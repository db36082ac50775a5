import { foldCase } from '../../base/case-insensitive-map.ts';
import type { Member, ObjectValue } from '../value.ts';

/** The members of both; of two with the same name the second's, objects merged within. */
export function mergeObjects(first: ObjectValue, second: ObjectValue): ObjectValue {
  if (second.members.size === 0) return first;
  const spellings = new Map(Array.from(first.members.keys(), (key) => [foldCase(key), key] as const));
  const members = new Map<string, Member>(first.members);
  for (const [key, member] of second.members) {
    const spelled = spellings.get(foldCase(key)) ?? key;
    const known = first.members.get(spelled)?.value;
    const isDeeper = known?.kind === 'Object' && member.value.kind === 'Object';
    members.set(spelled, isDeeper ? { value: mergeObjects(known, member.value) } : member);
  }
  return { ...first, members };
}
