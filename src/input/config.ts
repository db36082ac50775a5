import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import { SourceText } from '../base/span.ts';
import type { Behaviour } from '../routing/behaviour.ts';
import type { Value } from '../template/value.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import { readSource } from './read-source.ts';

/** The name under which the file is found by itself, beside the template. */
export const configFileName = 'agate.yaml';

/** What `agate.yaml` can hold: the options of the command line under their names in camel case, and what needs lists. */
export interface Config {
  /** Parameter files and `name=value`, or a mapping from name to value. */
  readonly parameters?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
  readonly gateway?: string;
  /** Folders in which linked templates lie, by the beginning of their address. */
  readonly linked?: Readonly<Record<string, unknown>>;
  /** What `reference()` answers for resources that the template does not declare, by resource ID. */
  readonly references?: Readonly<Record<string, unknown>>;
  /** Inputs of parameter files that Bicep compiled, by key or by the name that their author knows them by. */
  readonly externalInputs?: Readonly<Record<string, unknown>>;
  /** How the template's extensions are configured: values by name, by the extension's alias. */
  readonly extensionConfigs?: Readonly<Record<string, unknown>>;
  /** Secrets of Key Vaults that parameters are taken from, by `vault/secret` or `vault/secret/version`. */
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly deployment?: DeploymentConfig;
  readonly portOffset?: number;
  readonly listen?: Readonly<Record<string, unknown>>;
  readonly bind?: string;
  /**
   * Where members of pools really are, as with `--backend`; also `{ folder: … }`, `{ response: … }` and
   * `{ ports: { 80: … } }`.
   */
  readonly backends?: Readonly<Record<string, unknown>>;
  readonly unmapped?: string;
  /** Check certificates behind `backends` as Azure would. */
  readonly verifyBackends?: boolean;
  /** Addresses behind names of pool members: an address or a list of them, by the name. */
  readonly hosts?: Readonly<Record<string, unknown>>;
  /** Files for certificates that the template names: a folder, or paths by the name of secret or certificate. */
  readonly certificates?: string | Readonly<Record<string, unknown>>;
  /** Authority that makes certificates, as with `--ca`. */
  readonly ca?: string;
  /** Where OCSP responders are to be found, by the URL that certificates have for them. */
  readonly ocspResponders?: Readonly<Record<string, unknown>>;
  readonly admin?: string;
  readonly accessLog?: string;
  readonly performanceLog?: string;
  /** Processes that serve the gateway together. */
  readonly instances?: number;
  readonly strict?: boolean;
  readonly standIns?: boolean;
  /** Severity from which `agate lint` fails. */
  readonly failOn?: string;
  /** The section `lint`, with the places of everything in it. */
  readonly lint?: Value;
  /** Choices where Azure's documents leave the gateway's behaviour open. */
  readonly behaviour?: Partial<Behaviour>;
  /** Local files that stand for custom error pages, by the URL in the template. */
  readonly errorPages?: Readonly<Record<string, unknown>>;
}

export interface LoadedConfig {
  /** Path of the file; undefined when there is none. */
  readonly path: string | undefined;
  /** Folder from which relative paths in the file are taken. */
  readonly folder: string;
  readonly values: Config;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the configuration that was named or, when none was, `agate.yaml` beside the template if there is one. A template from standard
 * input has none beside it.
 *
 * @throws EmulatorError `FileUnreadable` when a file that was named cannot be read
 */
export async function loadConfig(named: string | undefined, templatePath: string | undefined): Promise<LoadedConfig> {
  if (named !== undefined) return parse(await readSource(named));
  if (templatePath === undefined) return { path: undefined, folder: '.', values: {}, diagnostics: [] };
  const folder = dirname(templatePath);
  const path = join(folder, configFileName);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be read: ${cause.message}.`, { cause });
  });
  if (text === undefined) return { path: undefined, folder, values: {}, diagnostics: [] };
  return parse(new SourceText(path, text));
}

/** Most templates have no configuration beside them and should not wait for a YAML reader. */
async function parse(source: SourceText): Promise<LoadedConfig> {
  const { parseConfig } = await import('./parse-config.ts');
  return parseConfig(source);
}
