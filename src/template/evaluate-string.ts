import { evaluateExpression } from './expression/evaluate-expression.ts';
import { isEscaped, isExpression } from './expression/expression-text.ts';
import type { Scope } from './scope.ts';
import type { StringValue, Value } from './value.ts';

/** Evaluates a string of a template; anything that is no expression means itself. */
export function evaluateString(raw: StringValue, scope: Scope): Value {
  if (isExpression(raw.value)) return evaluateExpression(raw, scope);
  return isEscaped(raw.value) ? { ...raw, value: raw.value.slice(1) } : raw;
}
