import { TemplateFault } from '../template-fault.ts';
import type { Value } from '../value.ts';
import { floatValue, integerValue } from '../value.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { functionFault } from './function-fault.ts';

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

function isInt64(value: bigint): boolean {
  return value >= smallest && value <= largest;
}

function arithmetic(
  name: string,
  description: string,
  operands: readonly [string, string],
  compute: (a: bigint, b: bigint) => bigint,
): TemplateFunction {
  return defineFunction({
    name,
    family: 'numeric',
    description,
    parameters: [
      { name: operands[0], type: 'int' },
      { name: operands[1], type: 'int' },
    ],
    call: ([a, b]) => {
      const result = compute(a, b);
      if (isInt64(result)) return result;
      throw new TemplateFault(
        `The template language function '${name}' overflowed with the operants '${a}' and '${b}'.`,
      );
    },
  });
}

function divisor(name: string, value: bigint): bigint {
  if (value === 0n) throw functionFault(name, 'The divisor cannot be zero.');
  return value;
}

const int = defineFunction({
  name: 'int',
  family: 'numeric',
  description: 'Makes an integer of a text.',
  parameters: [{ name: 'valueToConvert', type: ['string', 'int'] }],
  call: ([value]) => {
    if (value.kind === 'Integer') return value.value;
    const integer = /^[+-]?\d{1,30}$/.test(value.value) ? BigInt(value.value.replace('+', '')) : undefined;
    if (integer !== undefined && isInt64(integer)) return integer;
    throw new TemplateFault(
      `The template language function 'int' cannot convert provided value '${value.value}' to integer value. Please see https://aka.ms/arm-function-int for usage details.`,
    );
  },
});

const decimalText = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

const float = defineFunction({
  name: 'float',
  family: 'numeric',
  description: 'Makes a floating-point number of a text or an integer.',
  parameters: [{ name: 'arg1', type: ['string', 'int', 'float'] }],
  call: ([value]) => {
    if (value.kind === 'Float') return value;
    if (value.kind === 'Integer') return floatValue(Number(value.value));
    const number = decimalText.test(value.value) ? Number(value.value) : Number.NaN;
    if (Number.isFinite(number)) return floatValue(number);
    throw new TemplateFault(
      `The template language function 'float' cannot convert provided value '${value.value}' to float value. Please see https://aka.ms/arm-function-float for usage details.`,
    );
  },
});

function extreme(name: string, description: string, isBetter: (a: bigint, b: bigint) => boolean): TemplateFunction {
  return defineFunction({
    name,
    family: 'numeric',
    description,
    parameters: [{ name: 'arg', type: ['int', 'array'], variadic: true }],
    call: (args) => {
      const [best, ...others] = integersOf(name, args);
      if (best === undefined) throw functionFault(name, 'The array has no element.');
      return others.reduce((chosen, candidate) => (isBetter(candidate, chosen) ? candidate : chosen), best);
    },
  });
}

/** One array of integers, or integers one by one. */
function integersOf(name: string, args: readonly Value[]): readonly bigint[] {
  const [first] = args;
  const values = args.length === 1 && first?.kind === 'Array' ? first.items : args;
  return values.map((value) => {
    if (value.kind === 'Integer') return value.value;
    throw functionFault(name, `The values to compare must be of type 'Integer'. One is of type '${value.kind}'.`);
  });
}

const copyIndex = defineFunction({
  name: 'copyIndex',
  family: 'numeric',
  description: 'The number of the current repetition of a loop, from 0 or from an offset.',
  parameters: [
    { name: 'loopName', type: ['string', 'int'], optional: true },
    { name: 'offset', type: 'int', optional: true },
  ],
  call: ([nameOrOffset, secondOffset], { evaluation }) => {
    const loopName = nameOrOffset?.kind === 'String' ? nameOrOffset.value : undefined;
    if (secondOffset !== undefined && loopName === undefined) {
      throw functionFault('copyIndex', 'The first of two parameters must be the name of a loop.');
    }
    const offset = nameOrOffset?.kind === 'Integer' ? nameOrOffset.value : (secondOffset ?? 0n);
    const index = evaluation.copyIndex(loopName);
    if (index !== undefined) return integerValue(BigInt(index) + offset);
    throw new TemplateFault(
      "The template function 'copyIndex' is not expected at this location. The function can only be used in a resource with copy specified. Please see https://aka.ms/arm-copy for usage details.",
      loopName === undefined ? { hint: "The loop of a property or variable needs its name: copyIndex('name')." } : {},
    );
  },
});

export const numericFunctions: readonly TemplateFunction[] = [
  arithmetic('add', 'Adds two integers.', ['operand1', 'operand2'], (a, b) => a + b),
  copyIndex,
  arithmetic('div', 'Divides two integers, towards zero.', ['operand1', 'operand2'], (a, b) => a / divisor('div', b)),
  float,
  int,
  extreme('max', 'The greatest of integers, given one by one or as an array.', (a, b) => a > b),
  extreme('min', 'The smallest of integers, given one by one or as an array.', (a, b) => a < b),
  arithmetic(
    'mod',
    'The remainder of a division, with the sign of the dividend.',
    ['operand1', 'operand2'],
    (a, b) => a % divisor('mod', b),
  ),
  arithmetic('mul', 'Multiplies two integers.', ['operand1', 'operand2'], (a, b) => a * b),
  arithmetic('sub', 'Subtracts the second integer from the first.', ['minuend', 'subtrahend'], (a, b) => a - b),
];
