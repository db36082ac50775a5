import type { Span } from '../../base/span.ts';
import { leftOutFault } from '../left-out.ts';
import { isPlaceholder, partOfOpenValue } from '../runtime-values/runtime-value.ts';
import { TemplateFault } from '../template-fault.ts';
import { type ArrayValue, getValue, type ObjectValue, type StringValue, type Value } from '../value.ts';

/** `target.name` or `target['name']`. */
export function accessMember(target: Value, name: string, site: Span | undefined): Value {
  if (target.kind !== 'Object') throw notAccessible(name, site);
  const member = getValue(target, name) ?? partOfOpenValue(target, name, site);
  if (member !== undefined) return member;
  throw leftOutFault(target, name) ?? missingMember(target, name, site);
}

/** `target[index]`. */
export function accessIndex(target: Value, index: Value, site: Span | undefined): Value {
  if (target.kind === 'Array' && index.kind === 'Integer') return accessItem(target, index.value, site);
  if (index.kind === 'String') return accessByKey(target, index, site);
  const shown = index.kind === 'Integer' ? String(index.value) : index.kind;
  const unknown = index.kind === 'Integer' ? partOfOpenValue(target, Number(index.value), site) : undefined;
  if (unknown !== undefined) return unknown;
  if (target.kind !== 'Object') throw notAccessible(shown, site);
  throw new TemplateFault(
    `The language expression property '${shown}' can't be evaluated, property name must be a string.`,
    { span: site },
  );
}

/** A key that leads nowhere is quoted in the message, and must be no secret. */
function accessByKey(target: Value, index: StringValue, site: Span | undefined): Value {
  const key = keyIn(target, index);
  const leadsSomewhere = target.kind === 'Object' && getValue(target, key) !== undefined;
  return accessMember(target, index.secret && !leadsSomewhere ? '[redacted]' : key, site);
}

/** A name that was only guessed stands for any member, so that a table can be read with it. */
function keyIn(target: Value, index: StringValue): string {
  const name = index.value;
  if (target.kind !== 'Object' || !isPlaceholder(index) || getValue(target, name) !== undefined) return name;
  const [first = name] = target.members.keys();
  return first;
}

function accessItem(target: ArrayValue, index: bigint, site: Span | undefined): Value {
  const item = index < 0n ? undefined : (target.items[Number(index)] ?? partOfOpenValue(target, Number(index), site));
  if (item !== undefined) return item;
  throw new TemplateFault(`The language expression property array index '${index}' is out of bounds.`, { span: site });
}

function missingMember(target: ObjectValue, name: string, site: Span | undefined): TemplateFault {
  const available = target.secret ? '[redacted]' : [...target.members.keys()].join(', ');
  return new TemplateFault(
    `The language expression property '${name}' doesn't exist, available properties are '${available}'.`,
    {
      span: site,
      related:
        target.origin === undefined ? [] : [{ message: 'The object without that property.', span: target.origin }],
    },
  );
}

function notAccessible(name: string, site: Span | undefined): TemplateFault {
  return new TemplateFault(`The language expression property '${name}' can't be evaluated.`, { span: site });
}
