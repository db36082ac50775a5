import type { Expression } from '../expression/ast.ts';
import { chosenBy, isMadeUp } from '../runtime-values/made-up.ts';
import { type BooleanValue, booleanValue } from '../value.ts';
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
  callLazily: (args, context) => evaluateUntil(false, 'and', args, context),
};

const or: LazyFunction = {
  name: 'or',
  family: 'logical',
  description: 'Tells whether any argument is true; those behind the first true one are not evaluated.',
  parameters: [
    { name: 'arg1', type: 'bool' },
    { name: 'arg', type: 'bool', variadic: true },
  ],
  callLazily: (args, context) => evaluateUntil(true, 'or', args, context),
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
    const chooser = evaluateBoolean('if', condition, context);
    return chosenBy(context.evaluate(present(chooser.value ? trueValue : falseValue)), chooser);
  },
};

/** Evaluates until one argument decides; one that is certain decides for good, whatever was guessed before. */
function evaluateUntil(
  decisive: boolean,
  name: string,
  args: readonly Expression[],
  context: CallContext,
): BooleanValue {
  let guess: BooleanValue | undefined;
  for (const arg of args) {
    const value = evaluateBoolean(name, arg, context);
    if (value.value === decisive) return chosenBy(booleanValue(decisive), value);
    if (isMadeUp(value)) guess = value;
  }
  const undecided = booleanValue(!decisive);
  return guess === undefined ? undecided : chosenBy(undecided, guess);
}

function evaluateBoolean(name: string, arg: Expression | undefined, context: CallContext): BooleanValue {
  const value = context.evaluate(present(arg));
  if (value.kind === 'Boolean') return value;
  // What stands in for part of an object has no declared type, and is a text for want of a better one.
  if (isMadeUp(value)) return chosenBy(booleanValue(false), value);
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
