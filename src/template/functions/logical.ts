import type { Expression } from '../expression/ast.ts';
import { booleanValue } from '../value.ts';
import { type CallContext, defineFunction, type LazyFunction, type TemplateFunction } from './define-function.ts';
import { invalidParameterFault, wrongTypeFault } from './function-fault.ts';

const and: LazyFunction = {
  name: 'and',
  family: 'logical',
  description: 'Tells whether all arguments are true; those behind the first false one are not evaluated.',
  parameters: [
    { name: 'arg1', type: 'bool' },
    { name: 'arg', type: 'bool', variadic: true },
  ],
  callLazily: (args, context) => booleanValue(args.every((arg) => evaluateBoolean('and', arg, context))),
};

const or: LazyFunction = {
  name: 'or',
  family: 'logical',
  description: 'Tells whether any argument is true; those behind the first true one are not evaluated.',
  parameters: [
    { name: 'arg1', type: 'bool' },
    { name: 'arg', type: 'bool', variadic: true },
  ],
  callLazily: (args, context) => booleanValue(args.some((arg) => evaluateBoolean('or', arg, context))),
};

const conditional: LazyFunction = {
  name: 'if',
  family: 'logical',
  description: 'Takes the second argument when the first is true, else the third; the other one is not evaluated.',
  parameters: [
    { name: 'condition', type: 'bool' },
    { name: 'trueValue', type: 'any' },
    { name: 'falseValue', type: 'any' },
  ],
  callLazily: ([condition, trueValue, falseValue], context) => {
    const chosen = evaluateBoolean('if', condition, context) ? trueValue : falseValue;
    return context.evaluate(present(chosen));
  },
};

function evaluateBoolean(name: string, arg: Expression | undefined, context: CallContext): boolean {
  const value = context.evaluate(present(arg));
  if (value.kind === 'Boolean') return value.value;
  const which = name === 'if' ? 'its first parameter' : 'its parameters';
  throw wrongTypeFault(name, which, "'Boolean'", value.kind);
}

/** Whoever calls has checked the count of the arguments. */
function present(arg: Expression | undefined): Expression {
  if (arg === undefined) throw new TypeError('a special form was called with too few arguments');
  return arg;
}

const not = defineFunction({
  name: 'not',
  family: 'logical',
  description: 'Turns true into false and false into true.',
  parameters: [{ name: 'arg1', type: 'bool' }],
  call: ([value]) => !value,
});

const bool = defineFunction({
  name: 'bool',
  family: 'logical',
  description: 'Makes a boolean of the texts true and false, in any case, or of an integer, of which 0 is false.',
  parameters: [{ name: 'arg1', type: ['string', 'int', 'bool'] }],
  call: ([value]) => {
    if (value.kind === 'Boolean') return value.value;
    if (value.kind === 'Integer') return value.value !== 0n;
    const word = value.value.trim().toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    throw invalidParameterFault('bool', 'The value cannot be converted to the target type.');
  },
});

const yes = defineFunction({
  name: 'true',
  family: 'logical',
  description: 'The boolean true.',
  parameters: [],
  call: () => true,
});

const no = defineFunction({
  name: 'false',
  family: 'logical',
  description: 'The boolean false.',
  parameters: [],
  call: () => false,
});

export const logicalFunctions: readonly TemplateFunction[] = [and, bool, no, conditional, not, or, yes];
