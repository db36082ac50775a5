import type { Span } from '../../base/span.ts';
import { TemplateFault } from '../template-fault.ts';
import type { Value, ValueKind } from '../value.ts';
import type { ArgumentType, FunctionParameter, TemplateFunction } from './define-function.ts';
import { wrongTypeFault } from './function-fault.ts';

const acceptedKinds: Readonly<Record<ArgumentType, readonly ValueKind[]>> = {
  string: ['String'],
  int: ['Integer'],
  float: ['Float'],
  bool: ['Boolean'],
  array: ['Array'],
  object: ['Object'],
  null: ['Null'],
  any: ['String', 'Integer', 'Float', 'Boolean', 'Null', 'Array', 'Object'],
};

/** The fewest and the most arguments a function takes. */
export function argumentCounts({ parameters }: Pick<TemplateFunction, 'parameters'>): { min: number; max: number } {
  let min = 0;
  for (const parameter of parameters) if (!parameter.optional) min++;
  return { min, max: parameters.at(-1)?.variadic ? Number.POSITIVE_INFINITY : parameters.length };
}

/** Faults when a function cannot take so many arguments. */
export function checkArgumentCount(definition: TemplateFunction, count: number, site: Span | undefined): void {
  const { min, max } = argumentCounts(definition);
  if (count >= min && count <= max) return;
  throw new TemplateFault(
    `Unable to evaluate template language function '${definition.name}': function requires ${requirement(min, max)} while ${count} were provided. Please see https://aka.ms/arm-functions for usage details.`,
    { span: site },
  );
}

function requirement(min: number, max: number): string {
  if (min === max) return `${min} argument(s)`;
  if (max === Number.POSITIVE_INFINITY)
    return `at least ${countWords[min] ?? min} ${min === 1 ? 'argument' : 'arguments'}`;
  return `${min} to ${max} arguments`;
}

const countWords: readonly string[] = ['no', 'one', 'two', 'three'];

/** The parameter that an argument belongs to. */
function parameterAt({ parameters }: TemplateFunction, index: number): FunctionParameter | undefined {
  return parameters[Math.min(index, parameters.length - 1)];
}

/** Faults when a function does not accept such values as its arguments. */
export function checkArgumentTypes(
  definition: TemplateFunction,
  values: readonly Value[],
  placeOf: (index: number) => Span | undefined,
): void {
  values.forEach((value, index) => {
    const type = parameterAt(definition, index)?.type;
    if (type === undefined) return;
    const isAccepted = typeof type === 'string' ? accepts(type, value) : type.some((each) => accepts(each, value));
    if (!isAccepted) throw wrongArgumentType(definition, index, type, value.kind, placeOf(index));
  });
}

function accepts(type: ArgumentType, { kind }: Value): boolean {
  return acceptedKinds[type].includes(kind);
}

function wrongArgumentType(
  { name, parameters }: TemplateFunction,
  index: number,
  type: FunctionParameter['type'],
  provided: ValueKind,
  site: Span | undefined,
): TemplateFault {
  const which = parameters.length === 1 ? 'its parameter' : placeName(index);
  const types = typeof type === 'string' ? [type] : type;
  const expected = types.flatMap((each) => acceptedKinds[each]);
  const kinds = expected.map((kind) => `'${kind}'`).join(' or ');
  return wrongTypeFault(name, which, kinds, provided, site);
}

const ordinals: readonly string[] = ['first', 'second', 'third', 'fourth', 'fifth'];

function placeName(index: number): string {
  const ordinal = ordinals[index];
  return ordinal === undefined ? `parameter ${index + 1}` : `its ${ordinal} parameter`;
}
