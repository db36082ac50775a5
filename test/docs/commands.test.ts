import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineCommands } from '../../src/cli/agate-command.ts';
import { processIo } from '../../src/cli/io.ts';
import { runAgate } from '../../src/cli/run-agate.ts';
import { agateBin, repositoryRoot, startAgate } from '../cli/run-agate.ts';
import { commandProducers } from '../tools/generate-commands.ts';

const definitions = defineCommands({ io: processIo, finish: () => undefined });

test('there is a page for each command, and no other', () => {
  const pages = commandProducers.map((producer) => path.basename(producer.path)).toSorted();
  expect(readdirSync(path.join(repositoryRoot, 'docs/commands')).toSorted()).toEqual(pages);
});

test.each(commandProducers.map((producer) => [producer.path, producer] as const))('%s is up to date', (_name, page) => {
  expect(readFileSync(path.join(repositoryRoot, page.path), 'utf8')).toBe(page.render());
});

test.each(definitions.map((definition) => [definition.command.name(), definition] as const))(
  'the help of %s ends with its examples',
  async (name, { examples }) => {
    const { code, stdout } = await runHere([name, '--help']);
    expect(code).toBe(0);
    expect(stdout.endsWith(`\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`)).toBe(true);
  },
);

/** Runs a command in this process, which is quicker. */
async function runHere(args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  const stdout = new PassThrough();
  const code = await runAgate(args, { ...processIo, stdout });
  return { code, stdout: String(stdout.read()) };
}

/** A folder that looks like the root of the repository to the examples, and that they may write into. */
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'agate-examples-'));
  await cp(path.join(repositoryRoot, 'fixtures/example'), path.join(directory, 'fixtures/example'), {
    recursive: true,
  });
});

afterAll(() => rm(directory, { recursive: true }));

/** A server that is not there is unhealthy, which is what `agate health` is asked about. */
const unhealthy = 'agate health fixtures/example/azuredeploy.json --backend web=localhost:3000';

const ending = definitions.filter(({ command }) => command.name() !== 'run');

test.each(ending.map(({ command, examples }) => [command.name(), examples] as const))(
  'the examples of %s do their work',
  { timeout: 60_000 },
  async (_name, examples) => {
    const lines = examples.map((line, index) => `${line}\necho "$? ${index}" >&3`);
    const script = [`agate() { "${process.execPath}" "${agateBin}" "$@"; }`, 'exec 3>&1 >/dev/null', ...lines];
    const env = { ...process.env, XDG_DATA_HOME: directory };
    const { stdout } = await promisify(execFile)('bash', ['-c', script.join('\n')], { cwd: directory, env });
    expect(stdout.trim().split('\n')).toEqual(examples.map((line, index) => `${line === unhealthy ? 1 : 0} ${index}`));
  },
);

test.each(definitions.flatMap(({ examples }) => examples.filter((line) => line.startsWith('agate run '))))(
  '%s',
  async (line) => {
    // On free ports, so that it runs beside other programs.
    const args = line
      .replace(/=9443\b/, '=0')
      .split(' ')
      .slice(1);
    const environment = { XDG_DATA_HOME: directory };
    await using agate = startAgate([...args, '--listen', 'all=0', '--admin', 'off', '--json'], {
      directory,
      environment,
    });
    await agate.event('ready');
    expect(await agate.stop()).toMatchObject({ status: 0 });
  },
);
