import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import { TemplateFault } from '../template-fault.ts';
import { getValue, type ObjectValue, type Value } from '../value.ts';

/** What a parameter file that Bicep compiled asks of whoever deploys it. */
export interface ExternalInput {
  readonly key: string;
  /** `sys.cli`, `sys.envVar`, or what another tool offers. */
  readonly kind: string;
  /** Of the kinds of Bicep itself, the name of the argument or of the environment variable. */
  readonly config: Value | undefined;
  readonly origin: Span | undefined;
}

/** Answers an input; undefined when nobody has given it. */
export type FindExternalInput = (input: ExternalInput) => Value | undefined;

export const noExternalInputs: FindExternalInput = () => undefined;

/**
 * The inputs of one parameter file, as `externalInputs('key')` reads them.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-parameters-file#externalinput
 */
export class ExternalInputs {
  readonly #definitions = new CaseInsensitiveMap<ExternalInput>();
  readonly #given: ObjectValue | undefined;
  readonly #find: FindExternalInput;

  /** @param document the parameter file */
  constructor(document: ObjectValue, find: FindExternalInput, diagnostics: Diagnostic[]) {
    this.#find = find;
    const given = getValue(document, 'externalInputs');
    this.#given = given?.kind === 'Object' ? given : undefined;
    const definitions = getValue(document, 'externalInputDefinitions');
    if (definitions?.kind !== 'Object') return;
    for (const [key, { value, keySpan }] of definitions.members) {
      const input = readDefinition(key, value, keySpan);
      if (input !== undefined) this.#definitions.set(key, input);
      else diagnostics.push(invalidDefinition(key, keySpan));
    }
  }

  /** @throws TemplateFault when the file does not define the input, or nobody has given it */
  value(key: string): Value {
    const input = this.#definitions.get(key);
    if (input === undefined) throw this.#undefinedInput(key);
    const value = this.#find(input) ?? this.#inFile(key);
    if (value === undefined) throw missingInput(input);
    return value;
  }

  /** What a tool that resolves inputs has written beside their definitions. */
  #inFile(key: string): Value | undefined {
    const entry = this.#given === undefined ? undefined : getValue(this.#given, key);
    return entry?.kind === 'Object' ? getValue(entry, 'value') : undefined;
  }

  #undefinedInput(key: string): TemplateFault {
    const names = Array.from(this.#definitions.keys(), (name) => `'${name}'`).join(', ');
    return new TemplateFault(`The parameter file does not define the external input '${key}'.`, {
      kind: kinds.invalidParametersFile,
      azureCode: 'InvalidDeploymentParameterFile',
      hint: names === '' ? "It has no 'externalInputDefinitions'." : `Defined: ${names}.`,
      isFramed: true,
    });
  }
}

/** The names under which an input can be given: its key, and the name that its author knows it by. */
export function namesOfInput({ key, config }: ExternalInput): readonly string[] {
  return config?.kind === 'String' ? [config.value, key] : [key];
}

function readDefinition(key: string, value: Value, keySpan: Span | undefined): ExternalInput | undefined {
  const kind = value.kind === 'Object' ? getValue(value, 'kind') : undefined;
  if (value.kind !== 'Object' || kind?.kind !== 'String') return undefined;
  return { key, kind: kind.value, config: getValue(value, 'config'), origin: keySpan ?? value.origin };
}

function invalidDefinition(key: string, span: Span | undefined): Diagnostic {
  return diagnose(kinds.invalidParametersFile, {
    message: `The definition of the external input '${key}' must be an object with a 'kind'.`,
    span,
  });
}

function missingInput(input: ExternalInput): TemplateFault {
  const [name = input.key] = namesOfInput(input);
  const variable = input.kind === 'sys.envVar' ? `Set the environment variable ${name}, or give it` : 'Give it';
  return new TemplateFault(
    `The parameter file takes the input '${name}' of the kind '${input.kind}' from outside, and nobody has given it.`,
    {
      kind: kinds.missingExternalInput,
      hint: `${variable} with -p externalInputs.${name}=… or in agate.yaml: externalInputs: { ${name}: … }.`,
      related: [{ message: 'The input is defined here.', span: input.origin }],
      isFramed: true,
    },
  );
}
