import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CaseInsensitiveMap } from '../../src/base/case-insensitive-map.ts';
import { systemClock } from '../../src/base/clock.ts';
import { SourceText } from '../../src/base/span.ts';
import { openGateway } from '../../src/emulator/open-gateway.ts';
import type { Gateway } from '../../src/gateway/model.ts';
import { parseTestFile } from '../../src/smoke/format/parse-test-file.ts';
import type { TestFile } from '../../src/smoke/format/test-file.ts';
import { runTestFile } from '../../src/smoke/run/run-test-file.ts';
import type { Selection } from '../../src/smoke/run/select-tests.ts';
import type { CaseResult, FileResult } from '../../src/smoke/run/test-result.ts';
import { noLinkedTemplates } from '../../src/template/nested/linked-templates.ts';

export const smokeFixtures = fileURLToPath(new URL('../../fixtures/smoke/', import.meta.url));

/** The gateway of a document that could be a file. */
export function gatewayOf(text: string): Gateway {
  const document = {
    document: new SourceText('gateway.json', text),
    parameters: new CaseInsensitiveMap<never>(),
    context: {},
    linkedTemplates: noLinkedTemplates,
    templateUri: undefined,
    references: new CaseInsensitiveMap<never>(),
    clock: systemClock,
    standIns: false,
    placeholders: true,
  };
  return openGateway(document, { gateway: undefined, strict: false, found: [] }).gateway;
}

export async function readFixture(name: string, file: string): Promise<string> {
  return readFile(`${smokeFixtures}${name}/${file}`, 'utf8');
}

/** A test file that has to be in order. */
export function testFileOf(text: string, name = 'gateway.test.yaml'): TestFile {
  const { file, diagnostics } = parseTestFile(new SourceText(name, text));
  if (file === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return file;
}

export async function runTests(
  gateway: Gateway,
  tests: string,
  choices: { readonly selection?: Selection; readonly bail?: boolean } = {},
): Promise<FileResult> {
  const { selection = {}, bail = false } = choices;
  return runTestFile(testFileOf(tests), { gateway }, { selection, bail, onRecord: () => undefined });
}

/** Everything that a person would be told about failed tests. */
export function complaintsOf({ cases }: FileResult): readonly string[] {
  return cases.flatMap(complaintsAbout);
}

export function complaintsAbout({ failures }: CaseResult): readonly string[] {
  return failures.flatMap(({ subject, expected, actual, reasons }) => [
    expected === null ? actual : `${subject}: expected ${expected}, got ${actual}`,
    ...reasons.map(({ why }) => why),
  ]);
}

export function namesOf({ cases }: FileResult, outcome: CaseResult['outcome']): readonly string[] {
  return cases.flatMap((result) => (result.outcome === outcome ? [result.test.name] : []));
}
