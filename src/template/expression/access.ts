import type { PathSegment } from '../../base/json-path.ts';
import type { Span } from '../../base/span.ts';
import { leftOutFault } from '../left-out.ts';
import { chosenBy, isMadeUp, unknownFrom } from '../runtime-values/made-up.ts';
import { partOf, partOfOpenValue, unknownValue } from '../runtime-values/runtime-value.ts';
import { TemplateFault } from '../template-fault.ts';
import { getValue, type ObjectValue, type StringValue, type Value } from '../value.ts';

/** `target.name` or `target['name']`. */
export function accessMember(target: Value, name: string, site: Span | undefined): Value {
  const member = target.kind === 'Object' ? getValue(target, name) : undefined;
  if (member !== undefined) return chosenBy(member, target);
  const unknown = unknownPart(target, name, site);
  if (unknown !== undefined) return unknown;
  if (target.kind !== 'Object') throw notAccessible(name, site);
  throw leftOutFault(target, name) ?? missingMember(target, name, site);
}

/** `target[index]`. */
export function accessIndex(target: Value, index: Value, site: Span | undefined): Value {
  return isMadeUp(index) ? accessByGuess(target, index, site) : accessByKnown(target, index, site);
}

function accessByKnown(target: Value, index: Value, site: Span | undefined): Value {
  if (index.kind === 'String') return accessByKey(target, index, site);
  const item = index.kind === 'Integer' ? itemAt(target, index.value, site) : undefined;
  if (item !== undefined) return item;
  const shown = index.kind === 'Integer' ? String(index.value) : index.kind;
  if (target.kind === 'Array' && index.kind === 'Integer') throw outOfBounds(shown, site);
  if (target.kind !== 'Object') throw notAccessible(shown, site);
  throw new TemplateFault(
    `The language expression property '${shown}' can't be evaluated, property name must be a string.`,
    { span: site },
  );
}

/** A key that leads nowhere is quoted in the message, and must be no secret. */
function accessByKey(target: Value, { value: key, secret }: StringValue, site: Span | undefined): Value {
  const leadsSomewhere = target.kind === 'Object' && getValue(target, key) !== undefined;
  return accessMember(target, secret && !leadsSomewhere ? '[redacted]' : key, site);
}

function itemAt(target: Value, index: bigint, site: Span | undefined): Value | undefined {
  if (index < 0n) return undefined;
  const item = target.kind === 'Array' ? target.items[Number(index)] : undefined;
  return item === undefined ? unknownPart(target, Number(index), site) : chosenBy(item, target);
}

/** A name or number that was only guessed stands for any, so that a table can be read with it. */
function accessByGuess(target: Value, index: Value, site: Span | undefined): Value {
  const found = partByGuess(target, index) ?? firstPart(target);
  if (found !== undefined) return chosenBy(found, index);
  return unknownFrom([index], site) ?? accessByKnown(target, index, site);
}

function partByGuess(target: Value, index: Value): Value | undefined {
  if (target.kind === 'Object') return index.kind === 'String' ? getValue(target, index.value) : undefined;
  return target.kind === 'Array' && index.kind === 'Integer' ? target.items[Number(index.value)] : undefined;
}

function firstPart(target: Value): Value | undefined {
  if (target.kind === 'Array') return target.items[0];
  const [first] = target.kind === 'Object' ? target.members.values() : [];
  return first?.value;
}

/** A part that nobody told: of what is known in part, or of what a guess stands for. */
function unknownPart(target: Value, name: PathSegment, site: Span | undefined): Value | undefined {
  const { madeUp } = target;
  const open = partOfOpenValue(target, name, site);
  if (open !== undefined || madeUp === undefined) return open;
  return unknownValue(partOf(madeUp, name), site, target.secret === true);
}

function outOfBounds(index: string, site: Span | undefined): TemplateFault {
  return new TemplateFault(`The language expression property array index '${index}' is out of bounds.`, { span: site });
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
