import { dirname } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';
import { readBehaviour } from './behaviour-config.ts';
import type { Config, LoadedConfig } from './config.ts';
import { findingAt, invalidConfig, unknownName } from './config-findings.ts';
import { readDeploymentConfig } from './deployment-config.ts';
import { locatedYaml } from './located-yaml.ts';
import { type AliasProblem, findAliasProblem } from './yaml-aliases.ts';

type ValueType =
  | 'text'
  | 'number'
  | 'switch'
  | 'mapping'
  | 'listOrMapping'
  | 'textOrMapping'
  | 'behaviour'
  | 'deployment'
  | 'lint';

const keys: Readonly<Record<keyof Config, ValueType>> = {
  parameters: 'listOrMapping',
  subscription: 'text',
  resourceGroup: 'text',
  location: 'text',
  gateway: 'text',
  linked: 'mapping',
  references: 'mapping',
  externalInputs: 'mapping',
  extensionConfigs: 'mapping',
  secrets: 'mapping',
  deployment: 'deployment',
  portOffset: 'number',
  listen: 'mapping',
  bind: 'text',
  backends: 'mapping',
  unmapped: 'text',
  verifyBackends: 'switch',
  hosts: 'mapping',
  certificates: 'textOrMapping',
  ca: 'text',
  ocspResponders: 'mapping',
  admin: 'text',
  accessLog: 'text',
  performanceLog: 'text',
  instances: 'number',
  strict: 'switch',
  standIns: 'switch',
  failOn: 'text',
  lint: 'lint',
  behaviour: 'behaviour',
  errorPages: 'mapping',
};

const typeNames: Readonly<Record<ValueType, string>> = {
  text: 'text',
  number: 'a number',
  switch: 'true or false',
  mapping: 'a mapping',
  listOrMapping: 'a list or a mapping',
  textOrMapping: 'a path or a mapping',
  behaviour: 'a mapping',
  deployment: 'a mapping',
  lint: 'a mapping',
};

/** Reads the text of an `agate.yaml`. */
export function parseConfig(source: SourceText): LoadedConfig {
  const document = parseDocument(source.text, { lineCounter: new LineCounter(), prettyErrors: false });
  const diagnostics: Diagnostic[] = document.errors.map((error) =>
    diagnose(invalidConfig, {
      message: `'${source.name}' is not valid YAML: ${error.message}`,
      span: { source, offset: error.pos[0], length: error.pos[1] - error.pos[0] },
    }),
  );
  const aliasProblem = diagnostics.length === 0 ? findAliasProblem(document) : null;
  if (aliasProblem !== null) diagnostics.push(describeAliasProblem(source, aliasProblem));
  const values: Record<string, unknown> = {};
  if (isMap(document.contents) && diagnostics.length === 0) {
    for (const pair of document.contents.items) {
      readEntry({ source, document }, pair as Pair<Node, Node>, values, diagnostics);
    }
  } else if (document.contents !== null && diagnostics.length === 0) {
    diagnostics.push(diagnose(invalidConfig, { message: `'${source.name}' should hold a mapping of options.` }));
  }
  return { path: source.name, folder: dirname(source.name), values: values as Config, diagnostics };
}

function describeAliasProblem(source: SourceText, { message, range }: AliasProblem): Diagnostic {
  return diagnose(invalidConfig, {
    message: `'${source.name}' cannot be read: ${message}`,
    span: range === null ? undefined : { source, offset: range[0], length: range[1] - range[0] },
  });
}

function readEntry(
  { source, document }: { readonly source: SourceText; readonly document: Document },
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
  if ((type === 'behaviour' || type === 'deployment') && isMap(pair.value)) {
    const read = type === 'behaviour' ? readBehaviour : readDeploymentConfig;
    const { value, diagnostics: found } = read(source, pair.value);
    values[key] = value;
    diagnostics.push(...found);
    return;
  }
  if (type === 'lint' && isMap(pair.value)) {
    values[key] = locatedYaml(source, document, pair.value);
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
    case 'deployment':
    case 'lint':
      return typeof value === 'object' && !Array.isArray(value);
    case 'textOrMapping':
      return typeof value === 'string' || (typeof value === 'object' && !Array.isArray(value));
    case 'listOrMapping':
      return typeof value === 'object';
  }
}
