import { Readable } from 'node:stream';
import { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import { SourceText } from '../base/span.ts';
import type { GatewayDocument } from '../gateway/load-gateways.ts';
import { loadInput } from '../input/load-input.ts';
import { templateParameters } from '../input/template-parameters.ts';
import type { DeploymentContext } from '../template/deployment-context.ts';
import { mergeExtensionConfigs } from '../template/extensions.ts';
import { mergeParameters, parametersFromJson } from '../template/parameters/supplied-parameters.ts';
import { fromJson } from '../template/value.ts';

/** What all functions of the library take. */
export interface TemplateOptions {
  /** Path of a template, its text, or the template as an object. */
  readonly template: string | object;
  /** Values by name, or the path of a parameter file. */
  readonly parameters?: Readonly<Record<string, unknown>> | string;
  /** Where Azure would deploy to. */
  readonly context?: Partial<
    Pick<DeploymentContext, 'scope' | 'subscriptionId' | 'resourceGroup' | 'managementGroup' | 'location' | 'name'>
  >;
  /** What `reference()` answers for resources that the template does not declare, by resource ID. */
  readonly references?: Readonly<Record<string, unknown>>;
  /** Folders in which linked templates lie, by the beginning of their address. */
  readonly linked?: Readonly<Record<string, string>>;
  /** Which gateway, when the template has several. */
  readonly gateway?: string;
  /** Go on with a stand-in where a parameter has no value. */
  readonly standIns?: boolean;
}

/** Whether parameters and run-time values without a value get a stand-in. */
export interface Missing {
  readonly standIns: boolean;
  readonly placeholders: boolean;
}

/**
 * Callers in JavaScript have no types to tell them.
 *
 * @throws EmulatorError `InvalidOption` without a template
 */
export function requireTemplate(options: TemplateOptions | undefined): void {
  const template: unknown = options?.template;
  if (typeof template === 'string' || (typeof template === 'object' && template !== null)) return;
  throw new EmulatorError('InvalidOption', `'template' is ${String(template)}.`, {
    hint: 'Give the path of a template, its text, or the template as an object.',
  });
}

/**
 * Reads what the options name.
 *
 * @throws EmulatorError `FileUnreadable` and others, as for the command line
 */
export async function openTemplate(options: TemplateOptions, missing: Missing): Promise<Result<GatewayDocument>> {
  requireTemplate(options);
  const { template, parameters } = options;
  const files = typeof parameters === 'string' ? [parameters] : [];
  const linked = Object.entries(options.linked ?? {}).map(([prefix, folder]) => `${prefix}=${folder}`);
  const path = typeof template === 'string' && !isText(template) ? template : '-';
  // Of what is at hand, only what goes with it is read.
  const stdin = Readable.from([]);
  const input = await loadInput({ template: path, parameters: files, linked }, { stdin, env: process.env });
  const fromFiles = templateParameters(input.parameters);
  const fromObject = typeof parameters === 'object' ? parametersFromJson(parameters) : new CaseInsensitiveMap<never>();
  const diagnostics: readonly Diagnostic[] = [...input.diagnostics, ...fromFiles.diagnostics];
  const references = Object.entries(options.references ?? {}).map(([id, value]) => [id, fromJson(value)] as const);
  return {
    value: {
      document: documentOf(template, input.source),
      parameters: mergeParameters(fromFiles.value, fromObject),
      context: { ...input.context, ...options.context },
      linkedTemplates: input.linkedTemplates,
      templateUri: input.templateUri,
      references: new CaseInsensitiveMap([...input.references, ...references]),
      secrets: input.secrets,
      extensionConfigs: mergeExtensionConfigs(fromFiles.extensionConfigs, input.extensionConfigs),
      clock: input.clock,
      ...missing,
    },
    diagnostics,
  };
}

function documentOf(template: string | object, read: SourceText): GatewayDocument['document'] {
  if (typeof template === 'object') return fromJson(template);
  return isText(template) ? new SourceText('<template>', template) : read;
}

/** No path of a template starts like JSON does, with a brace or a comment, or runs over several lines. */
function isText(template: string): boolean {
  return /^[\s\uFEFF]*(\{|\/\/|\/\*)/.test(template) || template.includes('\n');
}
