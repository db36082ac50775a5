import { sameName } from '../../base/case-insensitive-map.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { Span } from '../../base/span.ts';
import { checkArgumentCount, checkArgumentTypes } from '../functions/check-arguments.ts';
import type { CallContext, FunctionFamily, TemplateFunction } from '../functions/define-function.ts';
import { misplacedFault } from '../functions/function-fault.ts';
import { findFunction, functionNames } from '../functions/registry.ts';
import { isMadeUp, madeOf, unknownFrom } from '../runtime-values/made-up.ts';
import { LimitFault, TemplateFault } from '../template-fault.ts';
import type { Value } from '../value.ts';
import type { Call, Expression } from './ast.ts';
import type { ExpressionScope } from './expression-scope.ts';
import { holdsSecret } from './secrets.ts';
import { madeSize, withinSize } from './value-weight.ts';

/** How a call evaluates expressions where it stands. */
export interface Evaluator extends Pick<CallContext, 'evaluate' | 'evaluateWith'> {
  placeOf(expression: Expression): Span | undefined;
}

/** Calls a built-in function: is it known and allowed here, do its arguments fit, and what comes out. */
export function callFunction(call: Call, site: Span | undefined, scope: ExpressionScope, evaluator: Evaluator): Value {
  const called = findFunction(call.name);
  if (called === undefined) throw unknownFunction(call.name);
  checkPlace(called, call.name, scope);
  if (called.family === 'resource') checkLambdaVariables(called, call);
  checkArgumentCount(called, call.args.length, site);
  const context: CallContext = {
    site,
    evaluation: scope,
    evaluate: evaluator.evaluate,
    evaluateWith: evaluator.evaluateWith,
  };
  if ('callLazily' in called) return located(called, called.callLazily(call.args, context), site, scope);
  const args = call.args.map(evaluator.evaluate);
  try {
    checkArgumentTypes(called, args, (index) => placeOf(call, index, evaluator));
    const answer = located(called, called.call(args, context), site, scope);
    return withSecrecy(called.answersOfResource ? answer : madeOf(answer, args), args);
  } catch (error) {
    if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
    const guess = called.answersOfResource ? unknownAnswer(call.name, args, site, scope) : unknownFrom(args, site);
    if (guess === undefined) throw withoutSecrets(error, args);
    return guess;
  }
}

/** A resource whose name stands in for another is not found here, and may well be there: what it answers is Azure's. */
function unknownAnswer(
  functionName: string,
  args: readonly Value[],
  site: Span | undefined,
  scope: ExpressionScope,
): Value | undefined {
  const [target] = args;
  return target?.kind === 'String' && isMadeUp(target)
    ? scope.unknownAnswer({ functionName, target: target.value, site })
    : unknownFrom(args, site);
}

/** Messages quote what a function was given. */
function withoutSecrets(fault: TemplateFault, args: readonly Value[]): TemplateFault {
  const secrets = args.flatMap((argument) =>
    argument.secret && argument.kind === 'String' && argument.value !== '' ? [argument.value] : [],
  );
  if (secrets.length === 0) return fault;
  return fault.with({
    message: secrets.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), fault.message),
  });
}

function placeOf(call: Call, index: number, evaluator: Evaluator): Span | undefined {
  const argument = call.args[index];
  return argument === undefined ? undefined : evaluator.placeOf(argument);
}

function unknownFunction(name: string): TemplateFault {
  const nearest = nearestName(name, functionNames());
  return new TemplateFault(
    `The template function '${name}' is not valid. Please see https://aka.ms/arm-functions for usage details.`,
    nearest === undefined ? {} : { hint: `Did you mean '${nearest}'?` },
  );
}

function checkPlace({ allowedIn }: TemplateFunction, name: string, { place }: ExpressionScope): void {
  if (allowedIn === undefined || (place !== 'other' && allowedIn.includes(place))) return;
  throw new TemplateFault(
    `The template function '${name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
  );
}

/**
 * What a lambda is called with is not known yet when Azure looks for the resources whose state it will need.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-lambda#limitations
 */
function checkLambdaVariables({ allowedIn }: TemplateFunction, { name, args }: Call): void {
  if (allowedIn === undefined || !args.some(usesLambdaVariable)) return;
  throw misplacedFault(name, `Lambda variables cannot be arguments of '${name}'.`);
}

function usesLambdaVariable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return false;
    case 'call':
      return sameName(expression.name, 'lambdaVariables') || expression.args.some(usesLambdaVariable);
    case 'member':
      return usesLambdaVariable(expression.target);
    case 'index':
      return usesLambdaVariable(expression.target) || usesLambdaVariable(expression.index);
  }
}

/** Families whose functions answer with what is there already, and make nothing. */
const handingOn: ReadonlySet<FunctionFamily> = new Set(['deployment', 'logical', 'resource']);

/** A value that was computed here has its place here; one that was only passed on keeps its own. */
function located(called: TemplateFunction, value: Value, site: Span | undefined, { budget }: ExpressionScope): Value {
  if (value.origin !== undefined) return withinSize(value, budget, site);
  if (!handingOn.has(called.family)) budget.made(madeSize(value, called.parsesJson === true), site);
  return withinSize(site === undefined ? value : { ...value, origin: site }, budget, site);
}

/** What was made of a secret is one. Parts of arrays and objects carry their own marks. */
function withSecrecy(value: Value, args: readonly Value[]): Value {
  if (value.secret || !args.some((argument) => argument.secret || (value.kind === 'String' && holdsSecret(argument)))) {
    return value;
  }
  return { ...value, secret: true };
}
