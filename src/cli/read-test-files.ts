import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import type { SourceText } from '../base/span.ts';
import { readSource } from '../input/read-source.ts';
import { parseTestFile } from '../smoke/format/parse-test-file.ts';
import type { TestFile } from '../smoke/format/test-file.ts';
import type { Io } from './io.ts';
import { printDiagnostics } from './print-diagnostics.ts';

const testFileName = /\.test\.(?:ya?ml|json)$/i;

/**
 * The test files that were named, or those beside the template.
 *
 * @throws EmulatorError `FileUnreadable` when there are none
 */
export async function findTestFiles(template: string, named: readonly string[]): Promise<readonly string[]> {
  if (named.length > 0) return named;
  const folder = template === '-' ? '.' : dirname(template);
  const found = (await readdir(folder)).filter((name) => testFileName.test(name)).sort();
  if (found.length > 0) return found.map((name) => join(folder, name));
  throw new EmulatorError('FileUnreadable', `There is no test file beside '${template}'.`, {
    hint: 'Name one, or let `agate init <template>` write one.',
  });
}

/**
 * Reads test files. What is wrong with any of them is shown, all at once.
 *
 * @throws EmulatorError when one cannot be read or used
 */
export async function readTestFiles(paths: readonly string[], io: Io): Promise<readonly TestFile[]> {
  const files: TestFile[] = [];
  const sources = new Map<string, SourceText>();
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const source = await readSource(path);
    const read = parseTestFile(source);
    sources.set(path, source);
    diagnostics.push(...read.diagnostics);
    if (read.file !== undefined) files.push(read.file);
  }
  if (diagnostics.length === 0) return files;
  const wrong = [...new Set(diagnostics.map(({ file }) => `'${file}'`))];
  printDiagnostics(diagnostics, sources, io);
  throw new EmulatorError('FileUnreadable', `${wrong.join(', ')} cannot be used as it is.`, {
    hint: 'docs/test-files.md tells what a test file can hold.',
  });
}
