import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import type { AgateOptions, AgateResult } from './run-agate.ts';
import { repositoryRoot, startAgate } from './run-agate.ts';
import type { Scenario, ScenarioPlaces } from './scenario.ts';
import { fillPlaces, matchesExpectation, parseScenario } from './scenario.ts';

const scenarioFolder = path.join(repositoryRoot, 'fixtures/scenarios');
const names = (await readdir(scenarioFolder)).filter((name) => name.endsWith('.scenario'));

test.each(names)('%s', async (name) => {
  const scenario = parseScenario(await readFile(path.join(scenarioFolder, name), 'utf8'));
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'agate-scenario-')));
  const places = { root: repositoryRoot.replace(/\/$/, ''), folder, version: packageJson.version };
  try {
    await writeFiles(scenario, folder);
    const result = await play(scenario, places);
    expect({
      status: result.status,
      stdout: asExpected(scenario.stdout, result.stdout, places),
      stderr: asExpected(scenario.stderr, result.stderr, places),
    }).toEqual({ status: scenario.status, stdout: scenario.stdout, stderr: scenario.stderr });
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function writeFiles(scenario: Scenario, folder: string): Promise<void> {
  for (const [name, text] of scenario.files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Runs the commands; all output counts, and the status of the last one that ran. */
async function play(
  scenario: Scenario,
  places: ScenarioPlaces,
): Promise<Pick<AgateResult, 'status' | 'stdout' | 'stderr'>> {
  const all = { status: null as number | null, stdout: '', stderr: '' };
  for (const [index, command] of scenario.commands.entries()) {
    const isLast = index === scenario.commands.length - 1;
    const result = await playCommand(scenario, command, isLast, places);
    all.status = result.status;
    all.stdout += result.stdout;
    all.stderr += result.stderr;
    if (result.status !== 0) break;
  }
  return all;
}

async function playCommand(
  scenario: Scenario,
  command: readonly string[],
  isLast: boolean,
  places: ScenarioPlaces,
): Promise<AgateResult> {
  const options: AgateOptions = {
    directory: scenario.directory === undefined ? places.folder : fillPlaces(scenario.directory, places),
    environment: scenario.environment,
    ...(isLast && scenario.stdin !== undefined ? { stdin: scenario.stdin } : {}),
  };
  const args = command.map((word) => fillPlaces(word, places));
  await using agate = startAgate(args, options);
  if (isLast && scenario.stopWhen !== undefined) {
    await agate.outputContaining(fillPlaces(scenario.stopWhen, places));
    return await agate.stop('SIGTERM');
  }
  return await agate.finished;
}

/** The expectation itself when it is met, so that a failure shows both texts side by side. */
function asExpected(expected: string, actual: string, places: ScenarioPlaces): string {
  return matchesExpectation(expected, actual, places) ? expected : actual;
}
