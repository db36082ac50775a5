import { sameName } from '../base/case-insensitive-map.ts';
import type { PathSegment } from '../base/json-path.ts';
import type { Span } from '../base/span.ts';
import { expandPropertyLoops, isPropertyLoops } from './copy/property-loops.ts';
import { evaluateString } from './evaluate-string.ts';
import { evaluateExpression } from './expression/evaluate-expression.ts';
import { isEscaped, isExpression } from './expression/expression-text.ts';
import { rememberLeftOut } from './left-out.ts';
import { partSize } from './limits.ts';
import { chosenBy, isMadeUp } from './runtime-values/made-up.ts';
import type { Scope } from './scope.ts';
import { LimitFault, TemplateFault } from './template-fault.ts';
import { type ArrayValue, type Member, type ObjectValue, type StringValue, stringValue, type Value } from './value.ts';

/** The way to a part of the value that is being evaluated, innermost first. */
export interface PathNode {
  readonly segment: PathSegment;
  readonly outer: PathNode | undefined;
}

/** Told about each part that is left out because it cannot be evaluated. */
export type LeaveOut = (fault: TemplateFault, path: readonly PathSegment[], place: Span | undefined) => void;

interface Surroundings {
  readonly scope: Scope;
  readonly leaveOut: LeaveOut | undefined;
}

/** Parts of templates without expressions, which evaluate to themselves. */
const unchanging = new WeakSet<Value>();

/**
 * Evaluates JSON of a template: expressions in values and keys, and `copy` loops.
 *
 * @param leaveOut with it, members and elements that cannot be evaluated are left out; without it they are faults
 */
export function evaluateValue(raw: Value, scope: Scope, leaveOut?: LeaveOut, path?: PathNode): Value {
  return evaluate(raw, { scope, leaveOut }, path);
}

function evaluate(raw: Value, surroundings: Surroundings, path: PathNode | undefined): Value {
  if (raw.kind === 'String') return evaluateString(raw, surroundings.scope);
  if ((raw.kind !== 'Array' && raw.kind !== 'Object') || unchanging.has(raw)) return raw;
  const { budget } = surroundings.scope;
  budget.enter(raw.origin);
  try {
    const value =
      raw.kind === 'Array' ? evaluateArray(raw, surroundings, path) : evaluateObject(raw, surroundings, path);
    if (value === raw) unchanging.add(raw);
    return value;
  } finally {
    budget.leave();
  }
}

function evaluateArray(raw: ArrayValue, surroundings: Surroundings, path: PathNode | undefined): ArrayValue {
  const items: Value[] = [];
  let isChanged = false;
  for (const [index, item] of raw.items.entries()) {
    const value = evaluatePart(item, index, surroundings, path);
    if (value !== item) isChanged = true;
    if (!(value instanceof TemplateFault)) items.push(value);
  }
  if (!isChanged) return raw;
  surroundings.scope.budget.made(partSize * items.length, raw.origin);
  return { ...raw, items };
}

function evaluateObject(raw: ObjectValue, surroundings: Surroundings, path: PathNode | undefined): ObjectValue {
  const members = new Map<string, Member>();
  let faults: Map<string, TemplateFault> | undefined;
  let isChanged = false;
  let hasSecretKey = false;
  let guessedKey: StringValue | undefined;
  for (const [rawKey, member] of raw.members) {
    if (isLoops(rawKey, member)) {
      isChanged = true;
      faults ??= new Map();
      addLoops(member.value, members, faults, surroundings, path);
      continue;
    }
    const key = evaluateKey(rawKey, member, surroundings, path);
    if (key === undefined) continue;
    const name = key.value;
    const value = evaluatePart(member.value, name, surroundings, path);
    if (value instanceof TemplateFault) {
      faults ??= new Map();
      faults.set(name, value);
    } else members.set(name, value === member.value ? member : { value, keySpan: member.keySpan });
    if (name !== rawKey || value !== member.value) isChanged = true;
    if (key.secret) hasSecretKey = true;
    if (isMadeUp(key)) guessedKey = key;
  }
  if (!isChanged) return raw;
  surroundings.scope.budget.made(partSize * members.size, raw.origin);
  // Keys carry no marks of their own: an object with a secret for a key, or a guess, is one as a whole.
  const marked: ObjectValue = { ...raw, members, ...(hasSecretKey ? { secret: true } : {}) };
  const object = guessedKey === undefined ? marked : chosenBy(marked, guessedKey);
  if (faults !== undefined && faults.size > 0) rememberLeftOut(object, faults);
  return object;
}

/** The value of a member or element, or why there is none when such are left out. */
function evaluatePart(
  raw: Value,
  segment: PathSegment,
  surroundings: Surroundings,
  outer: PathNode | undefined,
): Value | TemplateFault {
  try {
    if (raw.kind === 'String') return evaluateString(raw, surroundings.scope);
    return evaluate(raw, surroundings, { segment, outer });
  } catch (error) {
    return leftOut(error, surroundings, { segment, outer }, raw.origin);
  }
}

function leftOut(error: unknown, surroundings: Surroundings, path: PathNode, place: Span | undefined): TemplateFault {
  const { leaveOut, scope } = surroundings;
  if (leaveOut === undefined || !(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
  scope.budget.fault(place);
  leaveOut(error, segmentsOf(path), place);
  return error;
}

export function segmentsOf(path: PathNode | undefined): PathSegment[] {
  const segments: PathSegment[] = [];
  for (let node = path; node !== undefined; node = node.outer) segments.unshift(node.segment);
  return segments;
}

function evaluateKey(
  key: string,
  { keySpan }: Member,
  surroundings: Surroundings,
  outer: PathNode | undefined,
): StringValue | undefined {
  if (isEscaped(key)) return stringValue(key.slice(1));
  if (!isExpression(key)) return stringValue(key);
  try {
    const name = evaluateExpression(stringValue(key, keySpan), surroundings.scope);
    if (name.kind === 'String') return name;
    throw new TemplateFault(
      `The property name '${key}' evaluates to a value of type '${name.kind}'; a property name must be a string.`,
      { span: keySpan },
    );
  } catch (error) {
    leftOut(error, surroundings, { segment: key, outer }, keySpan);
    return undefined;
  }
}

function isLoops(key: string, member: Member): member is Member & { readonly value: ArrayValue } {
  return sameName(key, 'copy') && isPropertyLoops(member.value);
}

function addLoops(
  loops: ArrayValue,
  members: Map<string, Member>,
  faults: Map<string, TemplateFault>,
  surroundings: Surroundings,
  outer: PathNode | undefined,
): void {
  for (const loop of loops.items) {
    try {
      const { name, value, keySpan } = expandPropertyLoops(loop, surroundings.scope, (input, scope, loopName, index) =>
        evaluatePart(input, index, { ...surroundings, scope }, { segment: loopName, outer }),
      );
      members.set(name, { value, keySpan });
    } catch (error) {
      const fault = leftOut(error, surroundings, { segment: 'copy', outer }, loop.origin);
      const name = loop.kind === 'Object' ? loop.members.get('name')?.value : undefined;
      if (name?.kind === 'String') faults.set(name.value, fault);
    }
  }
}
