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
  /** Those of them that are about parameters and not about the configuration. */
  readonly parameterFindings: readonly Diagnostic[];
  /** Every file that was read, for whoever waits for them to change; linked templates once these are evaluated. */
  readonly files: readonly string[];
  /** The texts that make up the template; those of linked templates once these are evaluated. */
  readonly sources: ReadonlyMap<string, SourceText>;
  /** These, and the configuration if some of the findings are about it. */
  sourcesFor(findings: readonly Diagnostic[]): ReadonlyMap<string, SourceText>;
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
  // One that is not there yet may be written.
  const names = [...texts.map(({ name }) => name), ...(input.config.path === undefined ? [] : [input.config.path])];
  const sources = () => new Map([...texts.map((source) => [source.name, source] as const), ...input.linkedSources]);
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
      standIns: missing.standIns || input.config.values.standIns === true,
      placeholders: missing.placeholders,
    },
    diagnostics: [...input.diagnostics, ...parameters.diagnostics],
    parameterFindings: parameters.diagnostics,
    get files() {
      return [...names, ...input.linkedSources.keys()].filter((name) => name !== standardInputName);
    },
    get sources() {
      return sources();
    },
    sourcesFor(findings) {
      const source = input.config.file?.source;
      const isMeant = findings.some(({ file }) => file !== null && file === source?.name);
      return source === undefined || !isMeant ? sources() : sources().set(source.name, source);
    },
  };
}

/** Whether the template cannot be worked with, rather than only being wrong somewhere. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return hasAtLeast(diagnostics, 'error');
}
