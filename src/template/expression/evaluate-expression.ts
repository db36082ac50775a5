import { kinds } from '../diagnostics.ts';
import { limitFault } from '../limits.ts';
import { isSettled } from '../runtime-values/runtime-value.ts';
import { TemplateFault } from '../template-fault.ts';
import { floatValue, integerValue, type StringValue, stringValue, type Value } from '../value.ts';
import { accessIndex, accessMember } from './access.ts';
import type { Call, Expression, Literal } from './ast.ts';
import { callFunction, type Evaluator } from './call-function.ts';
import type { ExpressionScope } from './expression-scope.ts';
import { ExpressionSyntaxError } from './expression-syntax-error.ts';
import { LiteralPlaces } from './literal-places.ts';
import { parseExpression } from './parse-expression.ts';

/**
 * Evaluates a string that is an expression, as `[concat('a', 'b')]`.
 *
 * @throws TemplateFault with Azure's message and the place of the part that cannot be evaluated
 */
export function evaluateExpression(text: StringValue, scope: ExpressionScope): Value {
  const limit = scope.budget.limits.expressionLength;
  if (text.value.length > limit) {
    throw limitFault(
      `The language expression is ${text.value.length} characters long; the limit is ${limit} characters.`,
      text.origin,
    );
  }
  const places = new LiteralPlaces(text.origin, text.value);
  return evaluate(parsed(text, places), frameOf(scope, places));
}

function parsed(text: StringValue, places: LiteralPlaces): Expression {
  try {
    return parseExpression(text.value);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    throw new TemplateFault(error.message, { span: places.spanOf(error), kind: kinds.invalidExpression });
  }
}

/** Where an expression is being evaluated. */
interface Frame {
  readonly scope: ExpressionScope;
  readonly places: LiteralPlaces;
  readonly evaluator: Evaluator;
}

function frameOf(scope: ExpressionScope, places: LiteralPlaces): Frame {
  const frame: Frame = {
    scope,
    places,
    evaluator: {
      placeOf: (expression) => places.spanOf(expression),
      evaluate: (expression) => evaluate(expression, frame),
      evaluateWith(expression, variables) {
        scope.budget.step(places.spanOf(expression));
        return evaluate(expression, frameOf(scope.withLambdaVariables(variables), places));
      },
    },
  };
  return frame;
}

function evaluate(expression: Expression, frame: Frame): Value {
  if (expression.kind === 'literal') return literalValue(expression, frame);
  const value = evaluateChain(expression, frame);
  return isSettled(value) ? value : frame.scope.settle(value, frame.places.spanOf(expression));
}

/** Evaluates a call and the accesses that follow it, without settling what lies between them. */
function evaluateChain(expression: Expression, frame: Frame): Value {
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression, frame);
    case 'call':
      return evaluateCall(expression, frame);
    case 'member': {
      const target = evaluateChain(expression.target, frame);
      return accessMember(target, expression.name, frame.places.spanOf(expression));
    }
    case 'index': {
      const target = evaluateChain(expression.target, frame);
      const index = evaluate(expression.index, frame);
      return accessIndex(target, index, frame.places.spanOf(expression));
    }
  }
}

function literalValue(literal: Literal, { places }: Frame): Value {
  const { value } = literal;
  const origin = places.spanOf(literal);
  if (typeof value === 'string') return stringValue(value, origin);
  return typeof value === 'bigint' ? integerValue(value, origin) : floatValue(value, origin);
}

function evaluateCall(call: Call, frame: Frame): Value {
  const { scope, places } = frame;
  const site = places.spanOf(call);
  scope.budget.enter(site);
  try {
    if (call.namespace === undefined) return callFunction(call, site, scope, frame.evaluator);
    const args = call.args.map((argument) => evaluate(argument, frame));
    return scope.callUserFunction(call.namespace, call.name, args);
  } catch (error) {
    throw error instanceof TemplateFault ? error.at(site) : error;
  } finally {
    scope.budget.leave();
  }
}
