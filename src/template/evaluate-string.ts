import { evaluateExpression } from './expression/evaluate-expression.ts';
import { isEscaped, isExpression } from './expression/expression-text.ts';
import type { Scope } from './scope.ts';
import type { StringValue, Value } from './value.ts';

/**
 * Evaluates a string of a template; anything that is no expression means itself.
 *
 * What a template escapes inside a nested one, that one evaluates: there, `[[parameters('x')]` means the nested
 * template's own parameter.
 */
export function evaluateString(raw: StringValue, scope: Scope): Value {
  if (isExpression(raw.value)) return evaluateExpression(raw, scope);
  if (!isEscaped(raw.value)) return raw;
  const unescaped = { ...raw, value: raw.value.slice(1) };
  return scope.nestedScope === undefined ? unescaped : evaluateString(unescaped, scope.nestedScope);
}
