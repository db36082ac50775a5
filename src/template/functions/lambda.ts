import { sameName } from '../../base/case-insensitive-map.ts';
import type { Expression } from '../expression/ast.ts';
import { chosenBy, isMadeUp } from '../runtime-values/made-up.ts';
import type { TemplateFault } from '../template-fault.ts';
import type { ArrayValue, ObjectValue, StringValue, Value } from '../value.ts';
import { arrayValue, integerValue, objectValue } from '../value.ts';
import { type CallContext, defineFunction, type LazyFunction, type TemplateFunction } from './define-function.ts';
import { functionFault, misplacedFault, wrongTypeFault } from './function-fault.ts';

/** A lambda as it can be called: gives its variables values and evaluates its body. */
type Lambda = (...values: readonly Value[]) => Value;

interface LambdaFunctionDefinition {
  readonly name: string;
  readonly description: string;
  readonly parameters: LazyFunction['parameters'];
  readonly call: (args: LambdaArguments) => Value;
}

/** The arguments of a function that takes lambdas, read one by one. */
class LambdaArguments {
  readonly #name: string;
  readonly #args: readonly Expression[];
  readonly #context: CallContext;
  /** Made-up values that decide what comes out. */
  readonly #guesses: Value[] = [];

  constructor(name: string, args: readonly Expression[], context: CallContext) {
    this.#name = name;
    this.#args = args;
    this.#context = context;
  }

  value(index: number): Value {
    const argument = this.#args[index];
    if (argument !== undefined) return this.#context.evaluate(argument);
    throw new TypeError(`'${this.#name}' was called with too few arguments`);
  }

  array(index: number): ArrayValue {
    const value = this.#deciding(this.value(index));
    if (value.kind === 'Array') return value;
    if (isMadeUp(value)) return arrayValue([]);
    throw this.#wrongType(index, 'Array', value.kind);
  }

  object(index: number): ObjectValue {
    const value = this.#deciding(this.value(index));
    if (value.kind === 'Object') return value;
    if (isMadeUp(value)) return objectValue([]);
    throw this.#wrongType(index, 'Object', value.kind);
  }

  /** @param arity the fewest and the most variables that the lambda may declare */
  lambda(index: number, arity: readonly [number, number]): Lambda {
    const argument = this.#args[index];
    if (argument?.kind !== 'call' || argument.namespace !== undefined || !sameName(argument.name, 'lambda')) {
      throw functionFault(this.#name, `The ${ordinals[index] ?? 'last'} parameter must be a lambda.`);
    }
    const names = argument.args.slice(0, -1).map((name) => this.#variableName(name));
    const body = argument.args.at(-1);
    const [fewest, most] = arity;
    if (body === undefined || names.length < fewest || names.length > most) {
      const counts = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
      throw functionFault(this.#name, `The lambda must declare ${counts} variable(s); it declares ${names.length}.`);
    }
    return (...values) => this.#context.evaluateWith(body, new Map(zip(names, values)));
  }

  /** What a lambda says that must tell yes or no. */
  boolean(value: Value): boolean {
    if (value.kind === 'Boolean') return this.#deciding(value).value;
    if (isMadeUp(value)) {
      this.#deciding(value);
      return true;
    }
    throw this.#wrongResult('a value', 'Boolean', value.kind);
  }

  /** What a lambda says that must name a member. */
  key(value: Value): StringValue {
    if (value.kind === 'String') return this.#deciding(value);
    throw this.#wrongResult('a key', 'String', value.kind);
  }

  /** What came out, made up if something is by which it was decided. */
  decided(result: Value): Value {
    return this.#guesses.reduce(chosenBy<Value>, result);
  }

  optionalLambda(index: number, arity: readonly [number, number]): Lambda | undefined {
    return index < this.#args.length ? this.lambda(index, arity) : undefined;
  }

  #deciding<V extends Value>(value: V): V {
    if (isMadeUp(value)) this.#guesses.push(value);
    return value;
  }

  #wrongResult(what: string, expected: string, returned: string): TemplateFault {
    return functionFault(
      this.#name,
      `The lambda must return ${what} of type '${expected}'. It returned one of type '${returned}'.`,
    );
  }

  #variableName(expression: Expression): string {
    if (expression.kind === 'literal' && typeof expression.value === 'string') return expression.value;
    throw functionFault(this.#name, 'The variables of a lambda must be string literals.');
  }

  #wrongType(index: number, expected: string, provided: string): TemplateFault {
    return wrongTypeFault(this.#name, `its ${ordinals[index] ?? 'last'} parameter`, `'${expected}'`, provided);
  }
}

const ordinals: readonly string[] = ['first', 'second', 'third'];

function* zip(names: readonly string[], values: readonly Value[]): Generator<[string, Value]> {
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (value !== undefined) yield [name, value];
  }
}

function defineLambdaFunction({ name, description, parameters, call }: LambdaFunctionDefinition): LazyFunction {
  return {
    name,
    family: 'lambda',
    description,
    parameters,
    callLazily: (args, context) => {
      const read = new LambdaArguments(name, args, context);
      return read.decided(call(read));
    },
  };
}

/** Keys carry no mark of their own: an object with a secret for a key is one as a whole. */
function objectOf(entries: readonly (readonly [StringValue, Value])[]): ObjectValue {
  const object = objectValue(entries.map(([key, value]) => [key.value, value] as const));
  return entries.some(([key]) => key.secret) ? { ...object, secret: true } : object;
}

const filter = defineLambdaFunction({
  name: 'filter',
  description: 'Keeps the elements for which a lambda is true.',
  parameters: [
    { name: 'inputArray', type: 'array' },
    { name: 'lambda', type: 'any' },
  ],
  call: (args) => {
    const { items } = args.array(0);
    const keeps = args.lambda(1, [1, 2]);
    return arrayValue(items.filter((item, index) => args.boolean(keeps(item, integerValue(index)))));
  },
});

const map = defineLambdaFunction({
  name: 'map',
  description: 'Makes an array of what a lambda makes of each element.',
  parameters: [
    { name: 'inputArray', type: 'array' },
    { name: 'lambda', type: 'any' },
  ],
  call: (args) => {
    const { items } = args.array(0);
    const transform = args.lambda(1, [1, 2]);
    return arrayValue(items.map((item, index) => transform(item, integerValue(index))));
  },
});

const reduce = defineLambdaFunction({
  name: 'reduce',
  description: 'Makes one value of an array by combining what there is with each next element.',
  parameters: [
    { name: 'inputArray', type: 'array' },
    { name: 'initialValue', type: 'any' },
    { name: 'lambda', type: 'any' },
  ],
  call: (args) => {
    const { items } = args.array(0);
    const initial = args.value(1);
    const combine = args.lambda(2, [2, 3]);
    return items.reduce((current, next, index) => combine(current, next, integerValue(index)), initial);
  },
});

const sort = defineLambdaFunction({
  name: 'sort',
  description: 'Sorts an array by a lambda that tells whether its first element goes before its second.',
  parameters: [
    { name: 'inputArray', type: 'array' },
    { name: 'lambda', type: 'any' },
  ],
  call: (args) => {
    const { items } = args.array(0);
    const lambda = args.lambda(1, [2, 2]);
    const goesBefore = (a: Value, b: Value): boolean => args.boolean(lambda(a, b));
    // Asked both ways, so that equal elements keep their order when the lambda is true for them too.
    return arrayValue(items.toSorted((a, b) => Number(goesBefore(b, a)) - Number(goesBefore(a, b))));
  },
});

const toObject = defineLambdaFunction({
  name: 'toObject',
  description: 'Makes an object of an array, with a lambda for the keys and one for the values.',
  parameters: [
    { name: 'inputArray', type: 'array' },
    { name: 'keyLambda', type: 'any' },
    { name: 'valueLambda', type: 'any', optional: true },
  ],
  call: (args) => {
    const { items } = args.array(0);
    const keyOf = args.lambda(1, [1, 1]);
    const elementOf = args.optionalLambda(2, [1, 1]);
    return objectOf(items.map((item) => [args.key(keyOf(item)), elementOf?.(item) ?? item] as const));
  },
});

const groupBy = defineLambdaFunction({
  name: 'groupBy',
  description: 'Makes an object of the elements of an array that have the same key.',
  parameters: [
    { name: 'inputArray', type: 'array' },
    { name: 'keyLambda', type: 'any' },
    { name: 'valueLambda', type: 'any', optional: true },
  ],
  call: (args) => {
    const { items } = args.array(0);
    const keyOf = args.lambda(1, [1, 1]);
    const elementOf = args.optionalLambda(2, [1, 1]);
    const groups = new Map<string, { readonly key: StringValue; readonly members: Value[] }>();
    for (const item of items) {
      const key = args.key(keyOf(item));
      const group = groups.get(key.value) ?? { key, members: [] };
      groups.set(key.value, group);
      group.members.push(elementOf?.(item) ?? item);
    }
    return objectOf(Array.from(groups.values(), ({ key, members }) => [key, arrayValue(members)] as const));
  },
});

const mapValues = defineLambdaFunction({
  name: 'mapValues',
  description: 'Makes an object with the same keys of what a lambda makes of each value.',
  parameters: [
    { name: 'inputObject', type: 'object' },
    { name: 'lambda', type: 'any' },
  ],
  call: (args) => {
    const { members } = args.object(0);
    const transform = args.lambda(1, [1, 1]);
    return objectValue(
      Array.from(members, ([key, member]) => [key, { ...member, value: transform(member.value) }] as const),
    );
  },
});

const lambda: LazyFunction = {
  name: 'lambda',
  family: 'lambda',
  description:
    'A small function for `map`, `filter` and their like; its last argument is evaluated with the variables named before.',
  parameters: [
    { name: 'variableName', type: 'string' },
    { name: 'variableNameOrBody', type: 'any', variadic: true },
  ],
  callLazily: () => {
    throw misplacedFault('lambda', 'A lambda may only stand as an argument of a function that takes one, such as map.');
  },
};

const lambdaVariables = defineFunction({
  name: 'lambdaVariables',
  family: 'lambda',
  description: 'The value of a variable of the lambda around it.',
  parameters: [{ name: 'variableName', type: 'string' }],
  call: ([name], { evaluation }) => evaluation.lambdaVariable(name),
});

export const lambdaFunctions: readonly TemplateFunction[] = [
  filter,
  groupBy,
  lambda,
  lambdaVariables,
  map,
  mapValues,
  reduce,
  sort,
  toObject,
];
