import { foldCase, sameName } from '../base/case-insensitive-map.ts';
import type { Span } from '../base/span.ts';
import { kinds } from './diagnostics.ts';
import { evaluateValue } from './evaluate-value.ts';
import { checkConstraints, type Subject } from './parameters/check-constraints.ts';
import { markSecureParts } from './parameters/mark-secure-parts.ts';
import { readTypeSchema } from './parameters/type-schema.ts';
import { isMadeUp } from './runtime-values/made-up.ts';
import { type FunctionFrame, Scope } from './scope.ts';
import { TemplateFault } from './template-fault.ts';
import type { TemplateLevel } from './template-level.ts';
import { getValue, nullValue, type ObjectValue, type Value } from './value.ts';

export interface UserFunctionCall {
  readonly namespace: string;
  readonly name: string;
  readonly args: readonly Value[];
  readonly caller: FunctionFrame | undefined;
}

interface Definition {
  /** `namespace.name`. */
  readonly name: string;
  readonly parameters: readonly ObjectValue[];
  /** Its type and value. */
  readonly output: ObjectValue;
  readonly outputValue: Value;
}

/**
 * The functions a template defines itself.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/user-defined-functions
 */
export class UserFunctions {
  readonly #level: TemplateLevel;
  readonly #definitions = new Map<string, Definition>();

  constructor(level: TemplateLevel) {
    this.#level = level;
    for (const section of level.sections.functions?.items ?? []) this.#defineNamespace(section);
  }

  call({ namespace, name, args, caller }: UserFunctionCall): Value {
    const definition = this.#definitions.get(foldCase(`${namespace}.${name}`));
    if (definition === undefined) {
      throw new TemplateFault(
        `The template function '${namespace}.${name}' is not valid. Please see https://aka.ms/arm-functions for usage details.`,
        { hint: this.#definedHint() },
      );
    }
    refuseRecursion(definition, caller);
    const frame: FunctionFrame = { name: definition.name, args: this.#bind(definition, args), outer: caller };
    const scope = new Scope(this.#level, { place: 'other', functionFrame: frame });
    return this.#checkedOutput(definition, evaluateValue(definition.outputValue, scope));
  }

  #checkedOutput({ name, output }: Definition, value: Value): Value {
    const { definitions } = this.#level.sections;
    const schema = readTypeSchema(output, definitions);
    // What is made of a guess is one of whatever type.
    if (isMadeUp(value)) return value;
    const subject = { kind: 'output', what: `output of the function '${name}'`, definitions } as const;
    const [violation] = checkConstraints(value, schema, subject);
    if (violation !== undefined) throw new TemplateFault(violation.message);
    return markSecureParts(value, schema, definitions);
  }

  #bind(definition: Definition, args: readonly Value[]): Map<string, Value> {
    const { parameters, name } = definition;
    if (args.length > parameters.length) throw wrongCount(definition, args.length);
    const bound = new Map<string, Value>();
    for (const [index, declaration] of parameters.entries()) {
      const parameterName = getValue(declaration, 'name');
      if (parameterName?.kind !== 'String') continue;
      const value = this.#argument(definition, declaration, args[index], args.length);
      const subject: Subject = {
        kind: 'parameter',
        what: `parameter '${parameterName.value}' of the function '${name}'`,
        definitions: this.#level.sections.definitions,
      };
      const [violation] = checkConstraints(value, readTypeSchema(declaration, subject.definitions), subject);
      if (violation !== undefined) throw new TemplateFault(violation.message, { span: violation.span });
      bound.set(foldCase(parameterName.value), value);
    }
    return bound;
  }

  /** Nullable parameters at the end may be left out. */
  #argument(definition: Definition, declaration: ObjectValue, given: Value | undefined, count: number): Value {
    if (given !== undefined) return given;
    if (readTypeSchema(declaration, this.#level.sections.definitions).isNullable) return nullValue();
    throw wrongCount(definition, count);
  }

  #defineNamespace(section: Value): void {
    const namespace = section.kind === 'Object' ? getValue(section, 'namespace') : undefined;
    const members = section.kind === 'Object' ? getValue(section, 'members') : undefined;
    if (namespace?.kind !== 'String' || namespace.value === '' || members?.kind !== 'Object') {
      this.#report("A group of functions needs a 'namespace' and 'members'.", section.origin);
      return;
    }
    for (const [name, { value, keySpan }] of members.members) {
      const output = value.kind === 'Object' ? getValue(value, 'output') : undefined;
      const outputValue = output?.kind === 'Object' ? getValue(output, 'value') : undefined;
      if (value.kind !== 'Object' || output?.kind !== 'Object' || outputValue === undefined) {
        this.#report(`The function '${namespace.value}.${name}' needs an 'output' with a 'value'.`, keySpan);
        continue;
      }
      const fullName = `${namespace.value}.${name}`;
      this.#definitions.set(foldCase(fullName), {
        name: fullName,
        parameters: parametersOf(value),
        output,
        outputValue,
      });
    }
  }

  #report(message: string, span: Span | undefined): void {
    this.#level.run.findings.report(kinds.invalidDeclaration, { message, span });
  }

  #definedHint(): string {
    const names = Array.from(this.#definitions.values(), ({ name }) => `'${name}'`);
    return names.length === 0 ? 'The template defines no functions.' : `Defined: ${names.join(', ')}.`;
  }
}

function parametersOf(definition: ObjectValue): ObjectValue[] {
  const parameters = getValue(definition, 'parameters');
  return parameters?.kind === 'Array' ? parameters.items.filter((item) => item.kind === 'Object') : [];
}

function refuseRecursion({ name }: Definition, caller: FunctionFrame | undefined): void {
  for (let frame = caller; frame !== undefined; frame = frame.outer) {
    if (sameName(frame.name, name)) throw new TemplateFault(`The template function '${name}' calls itself.`);
  }
}

function wrongCount({ name, parameters }: Definition, count: number): TemplateFault {
  return new TemplateFault(
    `Unable to evaluate template language function '${name}': function requires ${parameters.length} argument(s) while ${count} were provided. Please see https://aka.ms/arm-functions for usage details.`,
  );
}
