import { parseDocument } from 'yaml';
import type { DiagnosticKind } from '../../base/diagnostic.ts';
import type { Problem } from '../../base/problem.ts';
import type { SourceText } from '../../base/span.ts';
import { locateProblems, plainValue, spanOfName, yamlFaults } from '../../input/yaml-text.ts';
import { normaliseTests } from './normalise-tests.ts';
import type { ReadTestFile, TestFile } from './test-file.ts';
import { testFileShape } from './test-file-shape.ts';

export const invalidTestFile: DiagnosticKind = { code: 'AGW0091', rule: 'invalid-test-file', severity: 'error' };

/** Reads a test file, YAML or JSON. Everything that is wrong with it is told at once, with its place. */
export function parseTestFile(source: SourceText): ReadTestFile {
  const document = parseDocument(source.text, { prettyErrors: false, logLevel: 'error', merge: true });
  const text = { source, document };
  const faults = yamlFaults(text, invalidTestFile);
  if (faults.length > 0) return { file: undefined, diagnostics: faults };
  const locate: TestFile['locate'] = (path) => spanOfName(text, path);
  const refuse = (problems: readonly Problem[]): ReadTestFile => ({
    file: undefined,
    diagnostics: locateProblems(problems, invalidTestFile, ({ path }) => locate(path)),
  });
  const problems: Problem[] = [];
  const raw = testFileShape.read(plainValue(document), [], problems);
  if (raw === undefined || problems.length > 0) return refuse(problems);
  const { tests, problems: later } = normaliseTests(raw);
  if (later.length > 0) return refuse(later);
  return { file: { source, variables: raw.variables ?? {}, tests, locate }, diagnostics: [] };
}
