import { type Document, parseDocument } from 'yaml';
import type { DiagnosticKind } from '../base/diagnostic.ts';
import type { Problem } from '../base/problem.ts';
import type { SourceText } from '../base/span.ts';
import type { Value } from '../template/value.ts';
import { concealSecrets } from './conceal-secrets.ts';
import type { Config, ParsedConfig } from './config.ts';
import { configShape } from './config-shape.ts';
import { locatedYaml } from './located-yaml.ts';
import { isRecord } from './shape.ts';
import { findAliasProblem } from './yaml-aliases.ts';
import { locateProblems, plainValue, spanOfName, spanOfValue, type YamlText, yamlFaults } from './yaml-text.ts';

/** What is wrong with an `agate.yaml`. */
export const invalidConfig: DiagnosticKind = { code: 'AGW0090', rule: 'invalid-configuration', severity: 'error' };

/** Reads the text of an `agate.yaml`. Everything that is wrong with it is told at once, with its place. */
export function parseConfig(source: SourceText): ParsedConfig {
  const document = parseDocument(source.text, { prettyErrors: false, logLevel: 'error' });
  concealSecrets({ source, document });
  const text = { source, document };
  const tell = (problems: readonly Problem[]) => locateProblems(problems, invalidConfig, placeIn(text));
  const faults = yamlFaults(text, invalidConfig);
  const written = isReadable(document) ? plainValue(document) : null;
  const problems: Problem[] = [];
  if (written !== null && !isRecord(written)) problems.push(noMapping(source));
  // A section whose lines are all comments says nothing.
  const entries = Object.entries(isRecord(written) ? written : {}).filter(([, value]) => value !== null);
  const values = configShape.read(Object.fromEntries(entries), [], problems) ?? {};
  const parameters = isRecord(values.parameters) ? section(text, 'parameters') : undefined;
  return {
    source,
    values,
    lint: values.lint === undefined ? undefined : section(text, 'lint'),
    parameters: parameters?.kind === 'Object' ? parameters.members : new Map(),
    diagnostics: [...faults, ...tell(problems)],
    tell,
  };
}

function noMapping({ name }: SourceText): Problem {
  const hint = 'As in backends: { web: localhost:3000 }';
  return { path: [], message: `'${name}' should hold a mapping of options.`, hint };
}

/** A name that stands twice keeps nobody from reading the rest; any other fault of the syntax does. */
function isReadable(document: Document): boolean {
  return document.errors.every(({ code }) => code === 'DUPLICATE_KEY') && findAliasProblem(document) === null;
}

function section({ source, document }: YamlText, name: keyof Config): Value {
  return locatedYaml(source, document, document.get(name, true));
}

function placeIn(text: YamlText) {
  return ({ path, isOfName }: Problem) => (isOfName ? spanOfName(text, path) : spanOfValue(text, path));
}
