import { CaseInsensitiveMap } from '../../../src/base/case-insensitive-map.ts';
import { type DeploymentContext, defaultDeploymentContext } from '../../../src/template/deployment-context.ts';
import { evaluateExpression } from '../../../src/template/expression/evaluate-expression.ts';
import type { ExpressionScope } from '../../../src/template/expression/expression-scope.ts';
import { checkArgumentCount, checkArgumentTypes } from '../../../src/template/functions/check-arguments.ts';
import { findFunction } from '../../../src/template/functions/registry.ts';
import { Budget, defaultLimits } from '../../../src/template/limits.ts';
import { TemplateFault } from '../../../src/template/template-fault.ts';
import { fromJson, type Json, stringValue, toJson, type Value } from '../../../src/template/value.ts';

/** 2019-03-05T17:53:18Z, the time in the examples of `utcNow`. */
const exampleTime = Date.UTC(2019, 2, 5, 17, 53, 18);

const stillClock = { now: () => exampleTime, elapsed: () => 0, after: () => ({ dispose: () => undefined }) };

export interface Surroundings {
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Values, not expressions. */
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly deployment?: Partial<DeploymentContext>;
  readonly place?: ExpressionScope['place'];
  /** Zero-based indices by loop name; the first is the innermost. */
  readonly loops?: Readonly<Record<string, number>>;
}

/** Evaluates `[…]` and answers plain JSON. */
export function evaluate(expression: string, surroundings: Surroundings = {}): Json {
  return toJson(evaluateToValue(expression, surroundings));
}

export function evaluateToValue(expression: string, surroundings: Surroundings = {}): Value {
  return evaluateExpression(stringValue(expression), scopeOf(surroundings));
}

/** The message of the fault that an expression ends in. */
export function faultOf(expression: string, surroundings: Surroundings = {}): string {
  return messageOf(() => evaluateToValue(expression, surroundings));
}

/** Calls a function with plain values; integers are whole numbers or bigints. */
export function call(name: string, args: readonly unknown[], surroundings: Surroundings = {}): Value {
  const definition = findFunction(name);
  if (definition === undefined || !('call' in definition)) throw new Error(`'${name}' is no eager function`);
  const values = args.map((arg) => fromJson(arg));
  checkArgumentCount(definition, values.length, undefined);
  checkArgumentTypes(definition, values, () => undefined);
  const evaluation = scopeOf(surroundings);
  const refuse = (): never => {
    throw new Error(`'${name}' is no special form`);
  };
  return definition.call(values, { site: undefined, evaluation, evaluate: refuse, evaluateWith: refuse });
}

/** The message of the fault that a call ends in. */
export function callFault(name: string, args: readonly unknown[]): string {
  return messageOf(() => call(name, args));
}

function messageOf(run: () => Value): string {
  try {
    return `no fault, but ${JSON.stringify(toJson(run()))}`;
  } catch (error) {
    if (error instanceof TemplateFault) return error.message;
    throw error;
  }
}

function scopeOf(surroundings: Surroundings): ExpressionScope {
  return {
    budget: new Budget(defaultLimits, stillClock),
    deployment: { ...defaultDeploymentContext, ...surroundings.deployment },
    clock: stillClock,
    place: surroundings.place ?? 'resourceBody',
    parameter: (name) => lookUp(surroundings.parameters, name, 'parameter'),
    variable: (name) => lookUp(surroundings.variables, name, 'variable'),
    externalInput: (key) => lookUp({}, key, 'external input'),
    extension: (alias) => lookUp({}, alias, 'extension'),
    lambdaVariable: (name) => lookUp({}, name, 'lambda variable'),
    copyIndex: (name) => (name === undefined ? Object.values(surroundings.loops ?? {})[0] : surroundings.loops?.[name]),
    deploymentObject: () => fromJson({ name: 'azuredeploy', properties: { mode: 'Incremental' } }),
    reference: (request) => fromJson({ ...request, apiVersion: request.apiVersion ?? null, site: null }),
    references: (symbol, full) => fromJson({ symbol, full }),
    list: (request) => fromJson({ ...request, apiVersion: request.apiVersion ?? null, site: null }),
    resourceInfo: (symbol) => fromJson({ symbol }),
    unknownAnswer: ({ functionName, target }) => fromJson({ functionName, target }),
    newGuid: () => '5a8e2b1c-93f4-4c3d-8b6a-0d1e2f3a4b5c',
    settle: (value) => value,
    callUserFunction: (namespace, name) => {
      throw new Error(`'${namespace}.${name}' is not declared`);
    },
    withLambdaVariables(variables) {
      const own = new CaseInsensitiveMap(variables);
      return { ...this, lambdaVariable: (name) => own.get(name) ?? this.lambdaVariable(name) };
    },
  };
}

function lookUp(values: Readonly<Record<string, unknown>> = {}, name: string, what: string): Value {
  const key = Object.keys(values).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (key === undefined) throw new TemplateFault(`The template ${what} '${name}' is not found.`);
  return fromJson(values[key]);
}
