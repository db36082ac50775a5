import { basename, extname } from 'node:path';
import type { Readable } from 'node:stream';
import { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import type { Problem } from '../base/problem.ts';
import type { SourceText } from '../base/span.ts';
import { type DeploymentContext, defaultDeploymentContext } from '../template/deployment-context.ts';
import type { LinkedTemplates } from '../template/nested/linked-templates.ts';
import { fromJson, type ObjectValue, objectValue, type Value } from '../template/value.ts';
import { type Config, type LoadedConfig, loadConfig } from './config.ts';
import { linkMappings } from './link-mappings.ts';
import { linkedFiles } from './linked-files.ts';
import { type ParameterSource, readParameterArguments } from './parameter-arguments.ts';
import { readSource, readStream } from './read-source.ts';

/** What the user named: a template and the options that go with it. Options win over `agate.yaml`. */
export interface InputRequest {
  /** Path of a template, or `-` for standard input. */
  readonly template: string;
  /** Parameter files, `name=value` and `name=@file`, as typed. */
  readonly parameters?: readonly string[];
  readonly subscription?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly location?: string | undefined;
  readonly gateway?: string | undefined;
  /** `<uri prefix>=<folder>`, as typed. */
  readonly linked?: readonly string[];
  /** A configuration file; without one `agate.yaml` beside the template is taken. */
  readonly config?: string | undefined;
}

/** Where input comes from besides files. */
export interface InputWorld {
  readonly stdin: Readable;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Everything that was read, before any of it is understood. */
export interface TemplateInput {
  readonly source: SourceText;
  /** The later of several values of a parameter wins. */
  readonly parameters: readonly ParameterSource[];
  readonly context: Partial<DeploymentContext>;
  readonly linkedTemplates: LinkedTemplates;
  /** The texts of linked templates by file, as evaluation comes upon them. */
  readonly linkedSources: ReadonlyMap<string, SourceText>;
  /** An address under which templates beside this one are found; undefined for standard input. */
  readonly templateUri: string | undefined;
  /** What `reference()` answers for resources that the template does not declare. */
  readonly references: CaseInsensitiveMap<Value>;
  /** Secrets of Key Vaults, by `vault/secret`. */
  readonly secrets: CaseInsensitiveMap<string>;
  /** How the configuration configures extensions, by alias. */
  readonly extensionConfigs: ObjectValue;
  /** The system's, unless the configuration says what time it is. */
  readonly clock: Clock;
  /** Which gateway is meant; undefined for the only one. */
  readonly gateway: string | undefined;
  readonly config: LoadedConfig;
  /** What is wrong with the configuration. */
  readonly diagnostics: readonly Diagnostic[];
  /** What compiled the template, as the tool names itself; undefined for JSON. */
  readonly compiler: string | undefined;
}

/**
 * Reads a template, its parameters and its configuration.
 *
 * @throws EmulatorError when a file cannot be read, an option makes no sense, or Bicep is needed and missing
 */
export async function loadInput(request: InputRequest, world: InputWorld): Promise<TemplateInput> {
  const path = request.template === '-' ? undefined : request.template;
  const { source, compiler } = await readTemplate(path, world);
  const config = await loadConfig(request.config, path);
  const linkedSources = new Map<string, SourceText>();
  const configured = await configuredParameters(config, world);
  const fromOptions = await readParameterArguments(request.parameters ?? [], '.', world.env);
  return {
    source,
    parameters: [...configured.value, ...fromOptions],
    context: contextOf(request, config.values, path),
    // A template from standard input stands where Agate was called.
    linkedTemplates: linkedFiles(source.name, await linkMappings(request.linked ?? [], config), linkedSources),
    linkedSources,
    templateUri: path === undefined ? undefined : `https://templates.example/${basename(path)}`,
    references: valuesByName(config.values.references),
    secrets: new CaseInsensitiveMap(Object.entries(config.values.secrets ?? {})),
    extensionConfigs: extensionConfigs(config.values),
    clock: clockAt(config.values.deployment?.time),
    gateway: request.gateway ?? config.values.gateway,
    config,
    diagnostics: [...config.diagnostics, ...configured.diagnostics],
    compiler,
  };
}

interface ReadTemplate {
  readonly source: SourceText;
  readonly compiler: string | undefined;
}

async function readTemplate(path: string | undefined, world: InputWorld): Promise<ReadTemplate> {
  if (path === undefined) return { source: await readStream(world.stdin), compiler: undefined };
  if (extname(path).toLowerCase() !== '.bicep') return { source: await readSource(path), compiler: undefined };
  // Loaded when it is needed: starting other programs takes a good part of Node's library.
  const { findBicepCompiler } = await import('./bicep.ts');
  const compiler = await findBicepCompiler(world.env);
  return { source: await compiler.buildTemplate(path), compiler: compiler.version };
}

async function configuredParameters(
  config: LoadedConfig,
  world: InputWorld,
): Promise<Result<readonly ParameterSource[]>> {
  const { parameters, externalInputs } = config.values;
  const inputs = [...valuesByName(externalInputs)].map(
    ([name, value]): ParameterSource => ({ kind: 'externalInput', name, value }),
  );
  if (isList(parameters)) {
    const { value, diagnostics } = await listedParameters(parameters, config, world);
    return { value: [...inputs, ...value], diagnostics };
  }
  const given = [...(config.file?.parameters ?? [])].map(
    ([name, { value, keySpan }]): ParameterSource => ({ kind: 'value', name, value, keySpan }),
  );
  return { value: [...inputs, ...given], diagnostics: [] };
}

function isList(parameters: Config['parameters']): parameters is readonly string[] {
  return Array.isArray(parameters);
}

/** A file that is not there is a fault of the configuration that names it. */
async function listedParameters(
  listed: readonly string[],
  { folder, file }: LoadedConfig,
  world: InputWorld,
): Promise<Result<readonly ParameterSource[]>> {
  const problems: Problem[] = [];
  const read = async (argument: string, index: number): Promise<readonly ParameterSource[]> => {
    try {
      return await readParameterArguments([argument], folder, world.env);
    } catch (fault) {
      if (!(fault instanceof EmulatorError)) throw fault;
      const hint = fault.code === 'FileUnreadable' ? 'It is taken from where the configuration lies.' : fault.hint;
      problems.push({ path: ['parameters', index], message: fault.message, ...(hint === undefined ? {} : { hint }) });
      return [];
    }
  };
  const sources = await Promise.all(listed.map(read));
  return { value: sources.flat(), diagnostics: file?.tell(problems) ?? [] };
}

function valuesByName(values: Readonly<Record<string, unknown>> = {}): CaseInsensitiveMap<Value> {
  return new CaseInsensitiveMap(Object.entries(values).map(([name, value]) => [name, fromJson(value)] as const));
}

/** The file has plain values; Azure's requests wrap each. */
function extensionConfigs({ extensionConfigs: configs = {} }: Config): ObjectValue {
  const wrapped = Object.entries(configs).map(([alias, config]) => {
    const values = Object.entries(config).map(([name, value]) => [name, { value }]);
    return [alias, fromJson(Object.fromEntries(values))] as const;
  });
  return objectValue(wrapped);
}

function clockAt(time: string | undefined): Clock {
  return time === undefined ? systemClock : { ...clockMethods, now: () => Date.parse(time) };
}

const clockMethods: Omit<Clock, 'now'> = {
  elapsed: () => systemClock.elapsed(),
  after: (milliseconds, callback) => systemClock.after(milliseconds, callback),
};

function contextOf(request: InputRequest, config: Config, path: string | undefined): Partial<DeploymentContext> {
  const subscriptionId = request.subscription ?? config.subscription;
  const resourceGroup = request.resourceGroup ?? config.resourceGroup;
  const location = request.location ?? config.location;
  const { time: _, deployer, ...deployment } = config.deployment ?? {};
  return {
    ...(path === undefined ? {} : { name: basename(path, extname(path)) }),
    ...deployment,
    ...(deployer === undefined ? {} : { deployer: { ...defaultDeploymentContext.deployer, ...deployer } }),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    ...(location === undefined ? {} : { location }),
  };
}
