import { type Diagnostic, hasAtLeast } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';
import type { GatewayDocument } from '../gateway/load-gateways.ts';
import { loadInput, type TemplateInput } from '../input/load-input.ts';
import { standardInputName } from '../input/read-source.ts';
import { templateParameters } from '../input/template-parameters.ts';
import { mergeExtensionConfigs } from '../template/extensions.ts';
import type { InputOptions } from './input-options.ts';
import type { Io } from './io.ts';

/** What a command works on: a document ready to be evaluated, and what was found while reading it. */
export interface LoadedInput {
  readonly input: TemplateInput;
  readonly document: GatewayDocument;
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, for whoever waits for them to change; linked templates once these are evaluated. */
  readonly files: readonly string[];
  /** The texts that findings may point into; those of linked templates once these are evaluated. */
  readonly sources: ReadonlyMap<string, SourceText>;
}

/** How a command treats what the template does not say. */
export interface Missing {
  /** Parameters without a value get one of their type. */
  readonly standIns: boolean;
  /** What only Azure knows gets a value that could be Azure's. */
  readonly placeholders: boolean;
}

/** Reads the template that a command was given, with its parameters and configuration. */
export async function loadDocument(
  template: string,
  options: InputOptions,
  missing: Missing,
  io: Io,
): Promise<LoadedInput> {
  const input = await loadInput({ template, ...options }, io);
  if (input.compiler !== undefined) io.stderr.write(`Compiled '${template}' with ${input.compiler}.\n`);
  const parameters = templateParameters(input.parameters);
  const texts = [input.source, ...input.parameters.flatMap((each) => (each.kind === 'file' ? [each.source] : []))];
  const names = [...texts.map(({ name }) => name), ...(input.config.path === undefined ? [] : [input.config.path])];
  return {
    input,
    document: {
      document: input.source,
      parameters: parameters.value,
      context: input.context,
      linkedTemplates: input.linkedTemplates,
      templateUri: input.templateUri,
      references: input.references,
      secrets: input.secrets,
      extensionConfigs: mergeExtensionConfigs(parameters.extensionConfigs, input.extensionConfigs),
      clock: input.clock,
      ...missing,
    },
    diagnostics: [...input.diagnostics, ...parameters.diagnostics],
    get files() {
      return [...names, ...input.linkedSources.keys()].filter((name) => name !== standardInputName);
    },
    get sources() {
      return new Map([...texts.map((source) => [source.name, source] as const), ...input.linkedSources]);
    },
  };
}

/** Whether the template cannot be worked with, rather than only being wrong somewhere. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return hasAtLeast(diagnostics, 'error');
}
