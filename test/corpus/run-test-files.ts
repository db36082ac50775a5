import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Breakage, judgeBroken, judgeWhole, type TestRunReport } from './judge-test-run.ts';
import type { CorpusEntry } from './manifest.ts';

const casesFolder = fileURLToPath(new URL('../../fixtures/corpus/', import.meta.url));
const agateBin = fileURLToPath(new URL('../../bin/agate.js', import.meta.url));

/** What came of the test file that is kept for an entry. */
export interface TestFileOutcome {
  readonly name: string;
  readonly variants: number;
  readonly complaints: readonly string[];
}

interface CaseFile {
  /** `name=value`, besides the parameter file of the entry. */
  readonly parameters?: readonly string[];
  readonly broken: readonly Breakage[];
}

/** Runs the test files in `fixtures/corpus/` on the entries of their names: as they are, and with each breakage. */
export async function runTestFiles(entries: readonly CorpusEntry[]): Promise<readonly TestFileOutcome[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-corpus-'));
  try {
    const outcomes: TestFileOutcome[] = [];
    for (const name of await readdir(casesFolder)) outcomes.push(await runTestFile(name, entries, folder));
    return outcomes;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runTestFile(name: string, entries: readonly CorpusEntry[], folder: string): Promise<TestFileOutcome> {
  const entry = entries.find((each) => each.name === name);
  const { parameters = [], broken } = parse(
    await readFile(path.join(casesFolder, name, 'case.yaml'), 'utf8'),
  ) as CaseFile;
  if (entry === undefined) return { name, variants: broken.length, complaints: ['the corpus has no such entry'] };
  const given = [...(entry.parametersFile === null ? [] : [entry.parametersFile]), ...parameters];
  const test = (template: string) => runAgateTest(template, path.join(casesFolder, name, 'gateway.test.yaml'), given);
  const text = await readFile(entry.file, 'utf8');
  const complaints = [judgeWhole(await test(entry.file))];
  for (const breakage of broken) {
    const spoilt = path.join(folder, `${name}.json`);
    // A function, for a dollar in the text means itself.
    await writeFile(
      spoilt,
      text.replace(breakage.replace, () => breakage.with),
    );
    const isThere = text.includes(breakage.replace);
    complaints.push(isThere ? judgeBroken(await test(spoilt), breakage) : `has no ${breakage.replace} to spoil`);
  }
  return { name, variants: broken.length, complaints: complaints.filter((complaint) => complaint !== null) };
}

function runAgateTest(template: string, testFile: string, parameters: readonly string[]): Promise<TestRunReport> {
  const given = parameters.flatMap((each) => ['--parameters', each]);
  const args = [agateBin, 'test', template, testFile, ...given, '--stand-ins', '--json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      // 1 says that tests have failed, which is for others to judge.
      if (error !== null && error.code !== 1) reject(new Error(`agate test ${template}: ${stderr}`, { cause: error }));
      else resolve(JSON.parse(stdout) as TestRunReport);
    });
  });
}

export function renderTestFile({ name, variants, complaints }: TestFileOutcome): string {
  if (complaints.length > 0) return [`✗ ${name}`, ...complaints.map((complaint) => `    ${complaint}`)].join('\n');
  return `✓ ${name}: its tests pass, and notice ${variants} broken variant${variants === 1 ? '' : 's'}`;
}
