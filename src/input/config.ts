import { dirname, join } from 'node:path';
import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import type { Problem } from '../base/problem.ts';
import type { SourceText } from '../base/span.ts';
import type { LintConfig } from '../lint/lint-config.ts';
import type { Behaviour } from '../routing/behaviour.ts';
import type { CloudName, Deployer } from '../template/deployment-context.ts';
import type { Member, Value } from '../template/value.ts';
import { readSource } from './read-source.ts';

/** The name under which the file is found by itself, beside the template. */
export const configFileName = 'agate.yaml';

/** A file with a certificate and its key, or the folder that it lies in. */
export type CertificateEntry = string | { readonly file: string; readonly password?: string };

/** Files in place of a server: all of a folder, or one with a response. */
interface ShownPlace {
  readonly target?: string;
  readonly folder?: string;
  readonly response?: string;
}

/** One place where the requests for a member of a pool go, in place of all its ports or of one. */
export type BackendPlace = string | ShownPlace;

/** Where the requests for a member of a pool go: to one place, or to one for each port. */
export type BackendEntry = string | (ShownPlace & { readonly ports?: Readonly<Record<string, BackendPlace>> });

/** What a template can ask about its deployment and no option tells. */
export interface DeploymentConfig {
  readonly name?: string;
  readonly tenantId?: string;
  readonly subscriptionName?: string;
  readonly resourceGroupTags?: Readonly<Record<string, string>>;
  readonly managementGroup?: string;
  /** What `environment()` answers for. */
  readonly cloud?: CloudName;
  /** What `deployer()` answers. */
  readonly deployer?: Partial<Deployer>;
  /** What `utcNow()` answers, as `2024-05-01T12:00:00Z`. */
  readonly time?: string;
}

type ByName<T> = Readonly<Record<string, T>>;

/**
 * What `agate.yaml` can hold: the options of the command line under their names in camel case, and what needs lists.
 * Paths are as they were written.
 */
export interface Config {
  /** Parameter files and `name=value`, or a mapping from name to value. */
  readonly parameters?: readonly string[] | ByName<unknown>;
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
  readonly gateway?: string;
  /** Folders in which linked templates lie, by the beginning of their address. */
  readonly linked?: ByName<string>;
  /** What `reference()` answers for resources that the template does not declare, by resource ID. */
  readonly references?: ByName<unknown>;
  /** Inputs of parameter files that Bicep compiled, by key or by the name that their author knows them by. */
  readonly externalInputs?: ByName<unknown>;
  /** How the template's extensions are configured: values by name, by the extension's alias. */
  readonly extensionConfigs?: ByName<ByName<unknown>>;
  /** Secrets of Key Vaults that parameters are taken from, by `vault/secret` or `vault/secret/version`. */
  readonly secrets?: ByName<string>;
  readonly deployment?: DeploymentConfig;
  readonly portOffset?: number;
  readonly listen?: ByName<string>;
  readonly bind?: string;
  /** Where members of pools really are, as with `--backend`, and more. */
  readonly backends?: ByName<BackendEntry>;
  readonly unmapped?: 'mock' | 'live' | 'down';
  /** Check certificates behind `backends` as Azure would. */
  readonly verifyBackends?: boolean;
  /** Addresses behind names of pool members: an address or a list of them, by the name. */
  readonly hosts?: ByName<string | readonly string[]>;
  /** Files for certificates that the template names: a folder, or paths by the name of secret or certificate. */
  readonly certificates?: string | ByName<CertificateEntry>;
  /** Authority that makes certificates, as with `--ca`. */
  readonly ca?: string;
  /** Where OCSP responders are to be found, by the URL that certificates have for them. */
  readonly ocspResponders?: ByName<string>;
  /** `[address:]port` or `off`. */
  readonly admin?: string;
  readonly accessLog?: string;
  readonly performanceLog?: string;
  /** Processes that serve the gateway together. */
  readonly instances?: number;
  readonly strict?: boolean;
  readonly standIns?: boolean;
  /** Severity from which `agate lint` fails. */
  readonly failOn?: Severity;
  /** Severities and ignores of `agate lint`, as written. */
  readonly lint?: object;
  /** Choices where Azure's documents leave the gateway's behaviour open. */
  readonly behaviour?: Partial<Behaviour>;
  /** Local files that stand for custom error pages, by the URL in the template. */
  readonly errorPages?: ByName<string>;
}

/** A configuration file as it was read. What is wrong with it is left out of the values. */
export interface ParsedConfig {
  readonly source: SourceText;
  readonly values: Config;
  /** The section `lint`, with the places of everything in it. */
  readonly lint: Value | undefined;
  /** The same for the values that `parameters` has by name. */
  readonly parameters: ReadonlyMap<string, Member>;
  readonly diagnostics: readonly Diagnostic[];
  /** Tells of more that is wrong, where it stands. */
  tell(problems: readonly Problem[]): readonly Diagnostic[];
}

export interface LoadedConfig {
  /** The file; undefined when there is none. */
  readonly file: ParsedConfig | undefined;
  /** Path of the file that was read, or that would have been. */
  readonly path: string | undefined;
  /** Folder from which relative paths in the file are taken. */
  readonly folder: string;
  readonly values: Config;
  readonly lint: LintConfig | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the configuration that was named or, when none was, `agate.yaml` beside the template if there is one. A template from standard
 * input has none beside it.
 *
 * @throws EmulatorError `FileUnreadable` when a file that was named cannot be read
 */
export async function loadConfig(named: string | undefined, templatePath: string | undefined): Promise<LoadedConfig> {
  if (named !== undefined) return open(await readSource(named));
  if (templatePath === undefined) return noConfig('.', undefined);
  const folder = dirname(templatePath);
  const path = join(folder, configFileName);
  const source = await readSource(path).catch((fault: Error) => {
    const { code } = (fault.cause ?? {}) as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fault;
  });
  return source === undefined ? noConfig(folder, path) : open(source);
}

function noConfig(folder: string, path: string | undefined): LoadedConfig {
  return { file: undefined, path, folder, values: {}, lint: undefined, diagnostics: [] };
}

/** Most templates have no configuration beside them and should not wait for a YAML reader; nor most others for rules. */
async function open(source: SourceText): Promise<LoadedConfig> {
  const { parseConfig } = await import('./parse-config.ts');
  const file = parseConfig(source);
  const { values, diagnostics } = file;
  const loaded = { file, path: source.name, folder: dirname(source.name), values };
  if (file.lint === undefined) return { ...loaded, lint: undefined, diagnostics };
  const { readLintConfig } = await import('../lint/lint-config.ts');
  const lint = readLintConfig(file.lint, source.name);
  return { ...loaded, lint: lint.value, diagnostics: [...diagnostics, ...lint.diagnostics] };
}
