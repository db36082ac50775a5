import { foldCase } from '../../base/case-insensitive-map.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { Span } from '../../base/span.ts';
import { atPlace, azureFrames, framed } from '../azure-messages.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateValue } from '../evaluate-value.ts';
import { evaluateExpression } from '../expression/evaluate-expression.ts';
import { Scope } from '../scope.ts';
import { LimitFault, TemplateFault } from '../template-fault.ts';
import type { TemplateLevel } from '../template-level.ts';
import { getValue, type Member, nullValue, type ObjectValue, type Value } from '../value.ts';
import { checkConstraints, type Subject } from './check-constraints.ts';
import { markSecureParts } from './mark-secure-parts.ts';
import { readSuppliedText } from './read-supplied-text.ts';
import { resolveSecret } from './resolve-secret.ts';
import { fitPlaceholder, openStandIn, standInFor } from './stand-in.ts';
import type { SuppliedParameter, SuppliedParameters } from './supplied-parameters.ts';
import { readTypeSchema, type TypeSchema } from './type-schema.ts';

type ExpressionParameter = Extract<SuppliedParameter, { kind: 'expression' }>;

interface Declaration {
  readonly name: string;
  readonly raw: ObjectValue;
  readonly keySpan: Span | undefined;
}

type State = { readonly kind: 'evaluating' } | { readonly kind: 'done'; readonly value: Value } | Failed;
interface Failed {
  readonly kind: 'failed';
  readonly fault: TemplateFault;
}

/** The parameters of one template: values are checked, defaults evaluated when they are needed. */
export class Parameters {
  readonly #level: TemplateLevel;
  readonly #supplied: SuppliedParameters;
  readonly #declarations = new Map<string, Declaration>();
  readonly #states = new Map<string, State>();

  constructor(level: TemplateLevel, supplied: SuppliedParameters) {
    this.#level = level;
    this.#supplied = supplied;
    for (const [name, member] of level.sections.parameters.members) this.#declare(name, member);
  }

  /** Evaluates them all, and reports what is missing, too much or wrong. */
  bindAll(): void {
    this.#reportUnknown();
    for (const declaration of this.#declarations.values()) {
      const state = this.#state(declaration);
      if (state.kind === 'failed') this.#reportFault(declaration, state.fault);
    }
  }

  /** @throws TemplateFault when there is no such parameter or it has no value */
  value(name: string): Value {
    const declaration = this.#declarations.get(foldCase(name));
    if (declaration === undefined) throw this.#notFound(name);
    const state = this.#state(declaration);
    if (state.kind === 'done') return state.value;
    throw state.kind === 'failed' ? state.fault : circularDefault(declaration);
  }

  /** The values there are, as `deployment().properties.parameters` and nested deployments answer. */
  entries(): readonly (readonly [string, Value])[] {
    return Array.from(this.#declarations.values()).flatMap((declaration) => {
      const state = this.#states.get(foldCase(declaration.name));
      return state?.kind === 'done' ? [[declaration.name, state.value] as const] : [];
    });
  }

  #declare(name: string, { value, keySpan }: Member): void {
    if (value.kind === 'Object') {
      this.#declarations.set(foldCase(name), { name, raw: value, keySpan });
      return;
    }
    this.#level.run.findings.report(kinds.invalidDeclaration, {
      message: azureFrames.validation(`The template parameter '${name}' must be an object with a 'type'`),
      span: value.origin,
    });
  }

  #state(declaration: Declaration): State {
    const key = foldCase(declaration.name);
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    this.#states.set(key, { kind: 'evaluating' });
    const state = this.#evaluate(declaration);
    this.#states.set(key, state);
    return state;
  }

  #evaluate(declaration: Declaration): State {
    try {
      const schema = readTypeSchema(declaration.raw, this.#level.sections.definitions);
      return { kind: 'done', value: this.#valueOf(declaration, schema) };
    } catch (error) {
      if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
      return { kind: 'failed', fault: frameFault(error, declaration) };
    }
  }

  #valueOf(declaration: Declaration, schema: TypeSchema): Value {
    const supplied = this.#supplied.get(declaration.name);
    const given = supplied === undefined ? undefined : this.#suppliedValue(declaration, supplied, schema);
    if (given !== undefined && (given.kind !== 'Null' || schema.isNullable)) {
      const fitting = fitPlaceholder(given, declaration.name, schema, this.#level.sections.definitions);
      return this.#checked(declaration, fitting, schema);
    }
    const defaultValue = getValue(declaration.raw, 'defaultValue');
    if (defaultValue !== undefined) return this.#checked(declaration, this.#defaultValue(defaultValue), schema);
    if (schema.isNullable) return nullValue(declaration.keySpan);
    if (this.#level.run.options.standIns) return this.#standIn(declaration, schema);
    throw missingValue(declaration);
  }

  #suppliedValue(declaration: Declaration, supplied: SuppliedParameter, schema: TypeSchema): Value | undefined {
    switch (supplied.kind) {
      case 'value':
        return supplied.value;
      case 'text':
        return readSuppliedText(supplied.source, schema);
      case 'keyVault':
        return resolveSecret(declaration.name, supplied, schema, this.#level.run);
      case 'expression':
        return this.#withInputs(declaration, supplied, schema);
      case 'failed':
        throw supplied.fault;
    }
  }

  /** An input that nobody has given is a value that nobody has given. */
  #withInputs(declaration: Declaration, { expression, inputs }: ExpressionParameter, schema: TypeSchema): Value {
    const scope = new Scope(this.#level, { place: 'other', externalInputs: inputs });
    try {
      return evaluateExpression(expression, scope);
    } catch (error) {
      const isMissing = error instanceof TemplateFault && error.kind === kinds.missingExternalInput;
      if (!isMissing || !this.#level.run.options.standIns) throw error;
      return this.#standIn(declaration, schema, error.hint);
    }
  }

  #defaultValue(raw: Value): Value {
    return evaluateValue(raw, new Scope(this.#level, { place: 'parameterDefault' }));
  }

  /** Secrets are marked before the check, whose messages quote what they find. */
  #checked(declaration: Declaration, given: Value, schema: TypeSchema): Value {
    const value = markSecureParts(given, schema, this.#level.sections.definitions);
    const subject: Subject = {
      kind: 'parameter',
      what: `template parameter '${declaration.name}'`,
      definitions: this.#level.sections.definitions,
    };
    const [first, ...others] = checkConstraints(value, schema, subject);
    if (first === undefined) return value;
    const related = [{ message: `'${declaration.name}' is declared here.`, span: declaration.keySpan }];
    for (const violation of others) {
      const message = azureFrames.validation(violation.message);
      this.#level.run.findings.report(kinds.invalidParameter, { message, span: violation.span, related });
    }
    const span = first.span ?? declaration.keySpan;
    throw new TemplateFault(first.message, { span, related, kind: kinds.invalidParameter });
  }

  #standIn(declaration: Declaration, schema: TypeSchema, hint = hintFor(declaration)): Value {
    const value = standInFor(declaration.name, schema, this.#level.sections.definitions);
    this.#level.run.findings.report(kinds.parameterStandIn, {
      message: `The parameter '${declaration.name}' has no value; ${shown(value, schema)} stands in for it.`,
      span: declaration.keySpan,
      hint,
    });
    const marked = markSecureParts(value, schema, this.#level.sections.definitions);
    return openStandIn(
      { ...marked, origin: declaration.keySpan },
      {
        source: { kind: 'parameter', name: declaration.name },
        path: [],
      },
    );
  }

  #reportUnknown(): void {
    const names = Array.from(this.#declarations.values(), ({ name }) => name);
    for (const [name, supplied] of this.#supplied) {
      if (this.#declarations.has(foldCase(name))) continue;
      const nearest = nearestName(name, names);
      this.#level.run.findings.report(kinds.unknownParameter, {
        message: azureFrames.validation(
          `The template parameters '${name}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '${names.join(', ')}'. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
        ),
        span: placeOf(supplied),
        hint: nearest === undefined ? undefined : `Did you mean '${nearest}'?`,
      });
    }
  }

  #reportFault({ name }: Declaration, fault: TemplateFault): void {
    const place = { what: `parameter '${name}'` };
    this.#level.run.findings.fault(fault, kinds.invalidParameter, azureFrames.validation, place);
  }

  #notFound(name: string): TemplateFault {
    const names = Array.from(this.#declarations.values(), (declaration) => declaration.name);
    const nearest = nearestName(name, names);
    return new TemplateFault(
      `The template parameter '${name}' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.`,
      { hint: nearest === undefined ? definedText(names) : `Did you mean '${nearest}'?` },
    );
  }
}

function placeOf(supplied: SuppliedParameter): Span | undefined {
  if (supplied.kind === 'text') return { source: supplied.source, offset: 0, length: supplied.source.text.length };
  return supplied.keySpan ?? (supplied.kind === 'value' ? supplied.value.origin : undefined);
}

function definedText(names: readonly string[]): string {
  return names.length === 0 ? 'The template defines no parameters.' : `Defined: ${names.join(', ')}.`;
}

function frameFault(fault: TemplateFault, { keySpan }: Declaration): TemplateFault {
  return fault.with({
    message: framed(fault, azureFrames.validation),
    span: fault.span ?? keySpan,
    kind: fault.kind ?? kinds.invalidParameter,
    isFramed: true,
  });
}

function missingValue({ name, keySpan }: Declaration): TemplateFault {
  return new TemplateFault(
    `The value for the template parameter '${name}'${atPlace(keySpan)} is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
    { span: keySpan, kind: kinds.missingParameter, hint: hintFor({ name }) },
  );
}

function hintFor({ name }: Pick<Declaration, 'name'>): string {
  return `Give it with -p ${name}=… or in a parameter file.`;
}

function circularDefault({ name, keySpan }: Declaration): TemplateFault {
  return new TemplateFault(`The default value of the template parameter '${name}' depends on itself.`, {
    span: keySpan,
    kind: kinds.invalidParameter,
  });
}

function shown(value: Value, schema: TypeSchema): string {
  if (schema.isSecure) return 'a made-up secret';
  switch (value.kind) {
    case 'String':
      return `'${value.value}'`;
    case 'Integer':
    case 'Boolean':
      return String(value.value);
    case 'Array':
      return value.items.length === 0 ? 'an empty array' : `an array of ${value.items.length}`;
    case 'Object':
      return value.members.size === 0 ? 'an empty object' : 'an object of its type';
    default:
      return 'null';
  }
}
