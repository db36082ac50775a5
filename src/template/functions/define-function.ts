import type { Span } from '../../base/span.ts';
import type { EvaluationContext } from '../evaluation-context.ts';
import type { Expression } from '../expression/ast.ts';
import type { ArrayValue, ObjectValue, Value } from '../value.ts';

export type FunctionFamily =
  | 'array'
  | 'cidr'
  | 'comparison'
  | 'date'
  | 'deployment'
  | 'lambda'
  | 'logical'
  | 'numeric'
  | 'object'
  | 'resource'
  | 'scope'
  | 'string';

/** Where in a template a function may be called; without it, everywhere. */
export type FunctionPlace = 'parameterDefault' | 'resourceBody';

/**
 * What a declared argument type hands to the implementation. `scalar` is a string, integer or boolean; `any` and
 * alternatives come as `Value`, which the implementation tells apart by `kind`.
 */
export interface ArgumentTypes {
  string: string;
  int: bigint;
  bool: boolean;
  array: ArrayValue;
  object: ObjectValue;
  any: Value;
}

export type ArgumentType = keyof ArgumentTypes;

export interface FunctionParameter {
  readonly name: string;
  /** One type, or the alternatives that are accepted (then the argument arrives as a `Value`). */
  readonly type: ArgumentType | readonly ArgumentType[];
  readonly optional?: true;
  /** The last parameter only: may be given any number of times from here on. */
  readonly variadic?: true;
}

interface FunctionMetadata {
  /** As Microsoft's documentation spells it; calls ignore case. */
  readonly name: string;
  readonly family: FunctionFamily;
  /** One sentence for `docs/` and editors. */
  readonly description: string;
  readonly parameters: readonly FunctionParameter[];
  readonly allowedIn?: readonly FunctionPlace[];
}

/**
 * A function whose arguments are evaluated first, left to right, and checked against `parameters`. What it returns
 * gets the call's place as its origin (unless it returns one of its arguments' own parts), and is secret when an
 * argument was.
 */
export interface EagerFunction extends FunctionMetadata {
  readonly call: (args: readonly Value[], context: CallContext) => Value;
}

/** A special form such as `if`: it decides itself which arguments to evaluate, with `context.evaluate`. */
export interface LazyFunction extends FunctionMetadata {
  readonly callLazily: (args: readonly Expression[], context: CallContext) => Value;
}

export type TemplateFunction = EagerFunction | LazyFunction;

/** What a running call can ask for. */
export interface CallContext {
  /** Where the call stands in the user's text. */
  readonly site: Span | undefined;
  /** The deployment, loop indices, parameters and so on that are visible at this place. */
  readonly evaluation: EvaluationContext;
  /** Evaluates an argument of a special form in the current scope. */
  evaluate(expression: Expression): Value;
  /** Evaluates in the current scope with lambda variables added. */
  evaluateWith(expression: Expression, lambdaVariables: ReadonlyMap<string, Value>): Value;
}
