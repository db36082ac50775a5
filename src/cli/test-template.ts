import { appendFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import type { EmulatorOptions } from '../emulator/options.ts';
import { configFileName } from '../input/config.ts';
import { compileRoutingTable } from '../routing/compile-routing-table.ts';
import type { TestFile } from '../smoke/format/test-file.ts';
import { renderMarkdown } from '../smoke/reports/markdown.ts';
import { testReporters } from '../smoke/reports/reporters.ts';
import { isCoverageShort, type TestReport } from '../smoke/reports/test-report.ts';
import { Coverage } from '../smoke/run/coverage.ts';
import { filesOf } from '../smoke/run/files-of.ts';
import { runTestFile } from '../smoke/run/run-test-file.ts';
import { checkSelection, isSelected } from '../smoke/run/select-tests.ts';
import type { FileResult } from '../smoke/run/test-result.ts';
import type { TestOptions } from './commands/test.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { type Io, writeLine } from './io.ts';
import { loadDocument } from './load.ts';
import { openForServing } from './open-for-serving.ts';
import { painterFor } from './painter.ts';
import { printFault } from './print-fault.ts';
import { findTestFiles, readTestFiles } from './read-test-files.ts';
import { runSettings } from './run-settings.ts';
import { untilStopped } from './until-stopped.ts';
import { packageVersion } from './version.ts';
import { FileWatch } from './watch-files.ts';

/** `agate test`: runs test files against the gateway of a template, once or after every change. */
export async function testTemplate(
  template: string,
  named: readonly string[],
  options: TestOptions,
  io: Io,
): Promise<ExitCode> {
  if (!options.watch) return (await runOnce(template, named, options, io)).code;
  const found = await findTestFiles(template, named);
  const config = options.config ?? join(dirname(template), configFileName);
  const first = [template, ...found, ...options.parameters, config];
  let last = await runAndTell(template, named, options, first, io);
  const files = new FileWatch(async () => {
    await writeLine(io.stderr, '');
    last = await runAndTell(template, named, options, last.files, io);
    files.watch(last.files);
  });
  files.watch(last.files);
  // Before it is said that Ctrl+C stops, so that it does.
  const stopped = untilStopped();
  await writeLine(io.stderr, 'Waiting for changes. Stop with Ctrl+C.');
  await stopped;
  files.stop();
  return last.code;
}

interface Run {
  readonly code: ExitCode;
  /** What was read, to be watched. */
  readonly files: readonly string[];
}

/** While watching, a file that cannot be used is told, and mended. */
async function runAndTell(
  template: string,
  named: readonly string[],
  options: TestOptions,
  watched: readonly string[],
  io: Io,
): Promise<Run> {
  try {
    return await runOnce(template, named, options, io);
  } catch (fault) {
    if (!(fault instanceof EmulatorError)) throw fault;
    printFault(fault, io);
    return { code: exitCode.couldNotWork, files: watched };
  }
}

async function runOnce(template: string, named: readonly string[], options: TestOptions, io: Io): Promise<Run> {
  const testFiles = await findTestFiles(template, named);
  const loaded = await loadDocument(template, options, { standIns: options.standIns === true, placeholders: true }, io);
  const files = await readTestFiles(testFiles, io);
  refuseEmptySelection(files, options);
  const settings = runSettings({ ...options, listen: [] }, loaded.input.config, io.env);
  const { gateway } = openForServing(loaded, settings.strict, io);
  const emulator = { ...settings.emulator, gateway };
  const report = await runFiles(files, emulator, options, loaded.input.source.name);
  await printReport(report, options, io);
  const hasFailed = report.files.some(({ cases }) => cases.some(({ outcome }) => outcome === 'failed'));
  return {
    code: hasFailed || isCoverageShort(report) ? exitCode.findings : exitCode.fine,
    files: [...loaded.files, ...files.flatMap((file) => [file.source.name, ...filesOf(file)])],
  };
}

async function runFiles(
  files: readonly TestFile[],
  emulator: EmulatorOptions,
  options: TestOptions,
  template: string,
): Promise<TestReport> {
  const coverage = new Coverage();
  const results: FileResult[] = [];
  const bail = options.bail ?? false;
  for (const file of files) {
    const result = await runTestFile(file, emulator, {
      selection: options,
      bail,
      onRecord: (record) => coverage.add(record),
    });
    results.push(result);
    if (bail && result.cases.some(({ outcome }) => outcome === 'failed')) break;
  }
  const wantsCoverage = options.coverage === true || options.minCoverage !== undefined;
  return {
    version: packageVersion(),
    template,
    files: results,
    coverage: wantsCoverage ? coverage.report(compileRoutingTable(emulator.gateway, emulator.behaviour)) : null,
    minimumCoverage: options.minCoverage ?? null,
  };
}

async function printReport(report: TestReport, options: TestOptions, io: Io): Promise<void> {
  const format = options.json ? 'json' : options.format;
  await writeLine(io.stdout, testReporters[format](report, painterFor(io.stdout, io.env)));
  const summary = io.env['GITHUB_STEP_SUMMARY'];
  if (format === 'github' && summary !== undefined && summary !== '') await appendFile(summary, renderMarkdown(report));
}

/** A filter with a typing error must not pass for a run without failures. */
function refuseEmptySelection(files: readonly TestFile[], options: TestOptions): void {
  checkSelection(options);
  if (files.some(({ tests }) => tests.some((test) => isSelected(test, options)))) return;
  const tests = files.flatMap(({ tests: each }) => each);
  if (tests.length === 0) {
    throw new EmulatorError('InvalidOption', 'There is no test to run.', { hint: 'The test files list none.' });
  }
  const tags = [...new Set(tests.flatMap((test) => test.tags))];
  throw new EmulatorError('InvalidOption', 'No test has what --filter and --tags ask for.', {
    hint: `There are ${tests.length} tests${tags.length === 0 ? '' : `, with the tags ${tags.join(', ')}`}.`,
  });
}
