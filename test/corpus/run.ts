import { loadBuiltModules } from './built-modules.ts';
import type { CorpusEntry } from './manifest.ts';
import { readManifest } from './manifest.ts';
import { type EntryOutcome, runs } from './outcome.ts';
import { renderEntry, renderFinding, renderTotals } from './render-report.ts';
import { runEntry } from './run-entry.ts';
import { renderTestFile, runTestFiles } from './run-test-files.ts';

const usage = `Usage: npm run corpus -- [--verbose] <folder>

Runs real templates: reads <folder>/MANIFEST.json, and for each of its entries parses, evaluates and builds the gateway, starts
it with stand-in backends on free ports and sends one request for every rule. Then runs the test files in fixtures/corpus on the
entries of their names: all tests have to pass, and on each broken variant of the template exactly the right one has to fail.

  --verbose  also the errors that do not keep a gateway from running

Exit code: 0 when every entry marked valid runs and the test files do as they should, 1 when one does not, 2 when the corpus cannot be read.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const isVerbose = args.includes('--verbose');
  const [folder, ...more] = args.filter((arg) => arg !== '--verbose');
  if (folder === undefined || folder.startsWith('-') || more.length > 0) {
    process.stderr.write(usage);
    return 2;
  }
  const entries = await readManifest(folder).catch((fault: unknown) => {
    process.stderr.write(`The corpus '${folder}' cannot be read: ${fault instanceof Error ? fault.message : fault}\n`);
    return undefined;
  });
  if (entries === undefined) return 2;
  const started = performance.now();
  const outcomes = await runAll(entries, isVerbose);
  process.stdout.write(renderTotals(outcomes, (performance.now() - started) / 1000));
  const tested = await runTestFiles(entries);
  process.stdout.write(`\n${tested.map(renderTestFile).join('\n')}\n`);
  const isWell =
    outcomes.every((outcome) => outcome.entry.valid !== 'yes' || runs(outcome)) &&
    tested.every(({ complaints }) => complaints.length === 0);
  return isWell ? 0 : 1;
}

/** One after the other in one process: what an entry leaves behind would show in the next ones. */
async function runAll(entries: readonly CorpusEntry[], isVerbose: boolean): Promise<EntryOutcome[]> {
  const modules = await loadBuiltModules();
  const outcomes: EntryOutcome[] = [];
  for (const entry of entries) {
    const outcome = await runEntry(entry, modules);
    process.stdout.write(`${renderEntry(outcome)}\n`);
    if (isVerbose) for (const error of outcome.otherErrors) process.stdout.write(`     ${renderFinding(error)}\n`);
    outcomes.push(outcome);
  }
  return outcomes;
}
