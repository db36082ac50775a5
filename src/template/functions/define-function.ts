import type { Span } from '../../base/span.ts';
import type { EvaluationContext } from '../evaluation-context.ts';
import type { Expression } from '../expression/ast.ts';
import type {
  ArrayValue,
  BooleanValue,
  FloatValue,
  IntegerValue,
  NullValue,
  ObjectValue,
  StringValue,
  Value,
} from '../value.ts';
import { booleanValue, integerValue, stringValue } from '../value.ts';

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

/** The values that each declared argument type accepts; null fits `null` and `any` only. */
export interface ArgumentTypes {
  string: StringValue;
  int: IntegerValue;
  float: FloatValue;
  bool: BooleanValue;
  array: ArrayValue;
  object: ObjectValue;
  null: NullValue;
  any: Value;
}

export type ArgumentType = keyof ArgumentTypes;

export interface FunctionParameter {
  readonly name: string;
  /** One type, or the alternatives that are accepted. */
  readonly type: ArgumentType | readonly ArgumentType[];
  readonly optional?: true;
  /** The last parameter only: takes all arguments from here on, at least one unless it is optional too. */
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
  /**
   * It answers what is known of a resource. That is as certain as the resource is, even when its name stands in for one
   * that nobody told.
   */
  readonly answersOfResource?: true;
  /** What it makes is new in all its parts, however deep. */
  readonly parsesJson?: true;
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

/** Strings, integers and booleans arrive as JavaScript's own; everything else, and alternatives, as `Value`. */
type Handed<T extends FunctionParameter['type']> = T extends 'string'
  ? string
  : T extends 'int'
    ? bigint
    : T extends 'bool'
      ? boolean
      : T extends readonly ArgumentType[]
        ? ArgumentTypes[T[number]]
        : T extends ArgumentType
          ? ArgumentTypes[T]
          : never;

/** The arguments of an implementation, as its parameters declare them. */
type Arguments<P extends readonly FunctionParameter[]> = P extends readonly [
  infer First extends FunctionParameter,
  ...infer Rest extends readonly FunctionParameter[],
]
  ? First extends { readonly variadic: true }
    ? Handed<First['type']>[]
    : First extends { readonly optional: true }
      ? [Handed<First['type']>?, ...Arguments<Rest>]
      : [Handed<First['type']>, ...Arguments<Rest>]
  : [];

interface Definition<P extends readonly FunctionParameter[]> extends FunctionMetadata {
  readonly parameters: P;
  readonly call: (args: Arguments<P>, context: CallContext) => Value | string | bigint | boolean;
}

/** Makes a function of an implementation whose argument types follow from the parameters it declares. */
export function defineFunction<const P extends readonly FunctionParameter[]>(definition: Definition<P>): EagerFunction {
  const { parameters, call } = definition;
  return {
    ...definition,
    call(args, context) {
      const handed = args.map((value, index) => handOver(value, parameters[index] ?? parameters.at(-1)));
      // Whoever calls has checked count and types against the same parameters (`check-arguments.ts`).
      return wrap(call(handed as Arguments<P>, context));
    },
  };
}

function handOver(value: Value, parameter: FunctionParameter | undefined): Value | string | bigint | boolean {
  const type = parameter?.type;
  if (value.kind === 'String' && type === 'string') return value.value;
  if (value.kind === 'Integer' && type === 'int') return value.value;
  if (value.kind === 'Boolean' && type === 'bool') return value.value;
  return value;
}

function wrap(result: Value | string | bigint | boolean): Value {
  if (typeof result === 'string') return stringValue(result);
  if (typeof result === 'bigint') return integerValue(result);
  if (typeof result === 'boolean') return booleanValue(result);
  return result;
}
