import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateString } from '../evaluate-string.ts';
import { partSize } from '../limits.ts';
import { chosenBy } from '../runtime-values/made-up.ts';
import type { Scope } from '../scope.ts';
import { TemplateFault } from '../template-fault.ts';
import { type ArrayValue, arrayValue, getMember, getValue, type Value } from '../value.ts';
import { evaluateCopyCount } from './copy-count.ts';

/** Evaluates a loop's `input` for one turn; a fault when that element is left out. */
type EvaluateInput = (input: Value, scope: Scope, loopName: string, index: number) => Value | TemplateFault;

interface ExpandedLoop {
  readonly name: string;
  readonly value: ArrayValue;
  readonly keySpan: Span | undefined;
}

/** Whether the value of a member `copy` is a list of loops, and not somebody's data. */
export function isPropertyLoops(value: Value): value is ArrayValue {
  return (
    value.kind === 'Array' &&
    value.items.length > 0 &&
    value.items.every((item) => item.kind === 'Object' && (getMember(item, 'count') ?? getMember(item, 'input')))
  );
}

/**
 * Makes the array that `{ name, count, input }` stands for.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-properties
 */
export function expandPropertyLoops(loop: Value, scope: Scope, evaluateInput: EvaluateInput): ExpandedLoop {
  if (loop.kind !== 'Object')
    throw invalidLoop('A copy loop must be an object with name, count and input.', loop.origin);
  const { name, keySpan } = loopName(getValue(loop, 'name'), scope, loop.origin);
  const input = getValue(loop, 'input');
  if (input === undefined) throw invalidLoop(`The copy loop '${name}' has no 'input'.`, loop.origin);
  const count = evaluateCopyCount(getValue(loop, 'count'), name, scope, loop.origin);
  const items: Value[] = [];
  for (let index = 0; index < count.turns; index++) {
    const item = evaluateInput(input, scope.inPropertyLoop(name, index), name, index);
    if (item instanceof TemplateFault) continue;
    scope.budget.made(partSize, input.origin);
    items.push(item);
  }
  return { name, keySpan, value: chosenBy(arrayValue(items, input.origin), count.value) };
}

function loopName(
  raw: Value | undefined,
  scope: Scope,
  place: Span | undefined,
): { name: string; keySpan: Span | undefined } {
  const name = raw?.kind === 'String' ? evaluateString(raw, scope) : undefined;
  if (name?.kind === 'String' && name.value !== '') return { name: name.value, keySpan: raw?.origin };
  throw invalidLoop("A copy loop needs a 'name', which is the name of the property it makes.", raw?.origin ?? place);
}

function invalidLoop(message: string, span: Span | undefined): TemplateFault {
  return new TemplateFault(message, { span, kind: kinds.invalidCopy });
}
