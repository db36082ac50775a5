import { foldCase } from '../../base/case-insensitive-map.ts';
import { markSecret } from '../expression/secrets.ts';
import { getMember, getValue, type Member, type ObjectValue, type Value } from '../value.ts';
import { readTypeSchema, type TypeSchema } from './type-schema.ts';

/** The value with everything marked as secret that its type calls secure: the whole, or parts of it. */
export function markSecureParts(value: Value, schema: TypeSchema, definitions: ObjectValue): Value {
  if (schema.isSecure) {
    value.origin?.source.conceal(value.origin.offset, value.origin.length);
    return value.secret ? value : markSecret(value);
  }
  const partOf = (part: Value, declaration: ObjectValue | boolean | undefined): Value =>
    typeof declaration === 'object'
      ? markSecureParts(part, readTypeSchema(declaration, definitions), definitions)
      : part;
  if (value.kind === 'Array') {
    const items = value.items.map((item, index) => partOf(item, schema.prefixItems[index] ?? schema.items));
    return items.some((item, index) => item !== value.items[index]) ? { ...value, items } : value;
  }
  return value.kind === 'Object' ? markMembers(value, schema, definitions, partOf) : value;
}

function markMembers(
  value: ObjectValue,
  schema: TypeSchema,
  definitions: ObjectValue,
  partOf: (part: Value, declaration: ObjectValue | boolean) => Value,
): ObjectValue {
  const declared = declaredProperties(value, schema, definitions);
  const members = new Map<string, Member>();
  let isChanged = false;
  for (const [key, member] of value.members) {
    const marked = partOf(member.value, declared.get(foldCase(key)) ?? schema.additionalProperties);
    if (marked !== member.value) isChanged = true;
    members.set(key, marked === member.value ? member : { ...member, value: marked });
  }
  return isChanged ? { ...value, members } : value;
}

/** By upper-case name: the properties of the type, and those of the branch that the value's tag selects. */
function declaredProperties(
  value: ObjectValue,
  { properties, discriminator }: TypeSchema,
  definitions: ObjectValue,
): ReadonlyMap<string, ObjectValue> {
  const tag = discriminator === undefined ? undefined : getValue(value, discriminator.propertyName);
  const branch =
    discriminator === undefined || tag?.kind !== 'String'
      ? undefined
      : getMember(discriminator.mapping, tag.value)?.value;
  const ofBranch = branch?.kind === 'Object' ? readTypeSchema(branch, definitions).properties : new Map();
  return new Map([...properties, ...ofBranch].map(([name, declaration]) => [foldCase(name), declaration] as const));
}
