import type { Member, Value } from '../value.ts';

/** Whether a secret went into the value or any part of it. */
export function holdsSecret(value: Value): boolean {
  if (value.secret) return true;
  if (value.kind === 'Array') return value.items.some(holdsSecret);
  if (value.kind === 'Object') {
    for (const member of value.members.values()) if (holdsSecret(member.value)) return true;
  }
  return false;
}

/** The value with itself and all its parts marked as secret. */
export function markSecret(value: Value): Value {
  switch (value.kind) {
    case 'Array':
      return { ...value, items: value.items.map(markSecret), secret: true };
    case 'Object':
      return { ...value, members: new Map(Array.from(value.members, markMember)), secret: true };
    default:
      return value.secret ? value : { ...value, secret: true };
  }
}

function markMember([key, member]: readonly [string, Member]): readonly [string, Member] {
  return [key, { ...member, value: markSecret(member.value) }];
}
