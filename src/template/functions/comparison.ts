import { chosenBy, isMadeUp } from '../runtime-values/made-up.ts';
import { TemplateFault } from '../template-fault.ts';
import { booleanValue, nullValue, type Value } from '../value.ts';
import { compareTexts } from './collation.ts';
import { deepEqual } from './deep-equal.ts';
import { defineFunction, type LazyFunction, type TemplateFunction } from './define-function.ts';
import { WalkBudget } from './limits.ts';

const coalesce: LazyFunction = {
  name: 'coalesce',
  family: 'comparison',
  description: 'Takes the first argument that is not null; those behind it are not evaluated.',
  parameters: [{ name: 'arg', type: 'any', variadic: true }],
  callLazily: (args, { evaluate }) => {
    let absent: Value = nullValue();
    for (const arg of args) {
      const value = evaluate(arg);
      if (value.kind !== 'Null') return chosenBy(value, absent);
      if (isMadeUp(value)) absent = value;
    }
    return absent;
  },
};

const equals = defineFunction({
  name: 'equals',
  family: 'comparison',
  description: 'Tells whether two values have the same type and the same content.',
  parameters: [
    { name: 'arg1', type: 'any' },
    { name: 'arg2', type: 'any' },
  ],
  call: ([a, b]) => deepEqual(a, b, new WalkBudget('equals')),
});

function ordering(name: string, description: string, accepts: (order: number) => boolean): TemplateFunction {
  return {
    name,
    family: 'comparison',
    description,
    parameters: [
      { name: 'arg1', type: ['int', 'string'] },
      { name: 'arg2', type: ['int', 'string'] },
    ],
    call: ([a, b]) => booleanValue(accepts(compare(name, a, b))),
  };
}

function compare(name: string, a: Value | undefined, b: Value | undefined): number {
  if (a?.kind === 'String' && b?.kind === 'String') return compareTexts(a.value, b.value);
  if (a?.kind === 'Integer' && b?.kind === 'Integer') return a.value === b.value ? 0 : a.value < b.value ? -1 : 1;
  throw new TemplateFault(
    `The template language function '${name}' expects its parameters to be of the same type. The provided values are of type '${a?.kind}' and '${b?.kind}'. Please see https://aka.ms/arm-functions#${name} for usage details.`,
  );
}

export const comparisonFunctions: readonly TemplateFunction[] = [
  coalesce,
  equals,
  ordering('greater', 'Tells whether the first of two integers or texts comes after the second.', (order) => order > 0),
  ordering(
    'greaterOrEquals',
    'Tells whether the first of two integers or texts does not come before the second.',
    (order) => order >= 0,
  ),
  ordering('less', 'Tells whether the first of two integers or texts comes before the second.', (order) => order < 0),
  ordering(
    'lessOrEquals',
    'Tells whether the first of two integers or texts does not come after the second.',
    (order) => order <= 0,
  ),
];
