import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import { SourceText } from '../base/span.ts';
import type { Behaviour } from '../routing/behaviour.ts';
import { readBehaviour } from './behaviour-config.ts';
import { findingAt, invalidConfig, unknownName } from './config-findings.ts';
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
  readonly portOffset?: number;
  readonly listen?: Readonly<Record<string, unknown>>;
  readonly bind?: string;
  /** Where members of pools really are, as with `--backend`. */
  readonly backends?: Readonly<Record<string, unknown>>;
  readonly unmapped?: string;
  readonly admin?: string;
  readonly accessLog?: string;
  readonly performanceLog?: string;
  readonly strict?: boolean;
  readonly standIns?: boolean;
  /** Severity from which `agate lint` fails. */
  readonly failOn?: string;
  readonly lint?: Readonly<Record<string, unknown>>;
  /** Choices where Azure's documents leave the gateway's behaviour open. */
  readonly behaviour?: Partial<Behaviour>;
  /** Local files that stand for custom error pages, by the URL in the template. */
  readonly errorPages?: Readonly<Record<string, unknown>>;
}

type ValueType = 'text' | 'number' | 'switch' | 'mapping' | 'listOrMapping' | 'behaviour';

const keys: Readonly<Record<keyof Config, ValueType>> = {
  parameters: 'listOrMapping',
  subscription: 'text',
  resourceGroup: 'text',
  location: 'text',
  gateway: 'text',
  linked: 'mapping',
  references: 'mapping',
  portOffset: 'number',
  listen: 'mapping',
  bind: 'text',
  backends: 'mapping',
  unmapped: 'text',
  admin: 'text',
  accessLog: 'text',
  performanceLog: 'text',
  strict: 'switch',
  standIns: 'switch',
  failOn: 'text',
  lint: 'mapping',
  behaviour: 'behaviour',
  errorPages: 'mapping',
};

const typeNames: Readonly<Record<ValueType, string>> = {
  text: 'text',
  number: 'a number',
  switch: 'true or false',
  mapping: 'a mapping',
  listOrMapping: 'a list or a mapping',
  behaviour: 'a mapping',
};

export interface LoadedConfig {
  /** Path of the file; undefined when there is none. */
  readonly path: string | undefined;
  /** Folder from which relative paths in the file are taken. */
  readonly folder: string;
  readonly values: Config;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the configuration that was named or, when none was, `agate.yaml` beside the template if there is one.
 *
 * @throws EmulatorError `FileUnreadable` when a file that was named cannot be read
 */
export async function loadConfig(named: string | undefined, templatePath: string | undefined): Promise<LoadedConfig> {
  const folder = templatePath === undefined ? '.' : dirname(templatePath);
  if (named !== undefined) return parseConfig(await readSource(named));
  const path = join(folder, configFileName);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be read: ${cause.message}.`, { cause });
  });
  if (text === undefined) return { path: undefined, folder, values: {}, diagnostics: [] };
  return parseConfig(new SourceText(path, text));
}

/** Reads the text of an `agate.yaml`. */
export function parseConfig(source: SourceText): LoadedConfig {
  const document = parseDocument(source.text, { lineCounter: new LineCounter(), prettyErrors: false });
  const diagnostics: Diagnostic[] = document.errors.map((error) =>
    diagnose(invalidConfig, {
      message: `'${source.name}' is not valid YAML: ${error.message}`,
      span: { source, offset: error.pos[0], length: error.pos[1] - error.pos[0] },
    }),
  );
  const values: Record<string, unknown> = {};
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) readEntry(source, pair as Pair<Node, Node>, values, diagnostics);
  } else if (document.contents !== null && diagnostics.length === 0) {
    diagnostics.push(diagnose(invalidConfig, { message: `'${source.name}' should hold a mapping of options.` }));
  }
  return { path: source.name, folder: dirname(source.name), values: values as Config, diagnostics };
}

function readEntry(
  source: SourceText,
  pair: Pair<Node, Node | null>,
  values: Record<string, unknown>,
  diagnostics: Diagnostic[],
): void {
  const key = isScalar(pair.key) ? String(pair.key.value) : '';
  const type: ValueType | undefined = Object.hasOwn(keys, key) ? keys[key as keyof Config] : undefined;
  if (type === undefined) {
    diagnostics.push(unknownName(source, pair.key, 'option', Object.keys(keys)));
    return;
  }
  if (type === 'behaviour' && isMap(pair.value)) {
    const { value, diagnostics: found } = readBehaviour(source, pair.value);
    values[key] = value;
    diagnostics.push(...found);
    return;
  }
  const value: unknown = pair.value === null ? null : pair.value.toJSON();
  if (value === null) return;
  if (fits(value, type)) {
    values[key] = type === 'text' ? String(value) : value;
    return;
  }
  diagnostics.push(findingAt(source, pair.value ?? pair.key, `'${key}' should be ${typeNames[type]}.`));
}

function fits(value: unknown, type: ValueType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number';
    case 'number':
      return typeof value === 'number';
    case 'switch':
      return typeof value === 'boolean';
    case 'mapping':
    case 'behaviour':
      return typeof value === 'object' && !Array.isArray(value);
    case 'listOrMapping':
      return typeof value === 'object';
  }
}
