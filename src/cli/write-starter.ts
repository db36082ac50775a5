import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type Clock, systemClock } from '../base/clock.ts';
import { EmulatorError } from '../base/errors.ts';
import { renderStarterTemplate } from '../smoke/starter/starter-template.ts';
import { renderStarterTests } from '../smoke/starter/starter-tests.ts';
import type { InitOptions } from './commands/init.ts';
import type { Io } from './io.ts';
import { openRouting } from './open-routing-table.ts';

const starterTemplate = 'azuredeploy.json';

/** What `agate init` did, and what to do next. */
export interface WrittenStarter {
  readonly written: readonly string[];
  /** The command that runs the tests. */
  readonly run: string;
}

/**
 * Writes a test file for a template or, without one, a small template with its tests.
 *
 * @throws EmulatorError when there is such a file already, or the template has no gateway that takes a request
 */
export async function writeStarter(named: string | undefined, options: InitOptions, io: Io): Promise<WrittenStarter> {
  const written: string[] = [];
  const template = named ?? starterTemplate;
  if (named === undefined) {
    await writeNew(template, renderStarterTemplate(), options);
    written.push(template);
  }
  const testFile = options.output ?? testFileOf(template);
  const { table, usesStandIns, at } = await openRouting(template, options, io);
  const run = testCommand(template, testFile, options, usesStandIns);
  const text = renderStarterTests({ table, later: at(laterClock), command: run });
  if (text === undefined) throw nothingToTest(template);
  await writeNew(testFile, text, options);
  written.push(testFile);
  return { written, run };
}

const day = 24 * 60 * 60 * 1000;

/** Far enough ahead for another year, month, day, hour, minute and second. */
const laterClock: Clock = { ...systemClock, now: () => systemClock.now() + 400 * day + 3_661_000 };

/** The tests hold for the template with what it was given here. */
function testCommand(template: string, testFile: string, options: InitOptions, usesStandIns: boolean): string {
  const { parameters, subscription, resourceGroup, location, gateway, config, linked } = options;
  const given: readonly (readonly [name: string, value: string | undefined])[] = [
    ...parameters.map((value) => ['--parameters', value] as const),
    ['--subscription', subscription],
    ['--resource-group', resourceGroup],
    ['--location', location],
    ['--gateway', gateway],
    ['--config', config],
    ...linked.map((value) => ['--linked', value] as const),
  ];
  const words = given.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  return ['agate', 'test', template, testFile, ...words, ...(usesStandIns ? ['--stand-ins'] : [])]
    .map(quoted)
    .join(' ');
}

/** A word as a shell takes it for one. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function nothingToTest(template: string): EmulatorError {
  return new EmulatorError('NotAGateway', `No request can take a route through the gateway of '${template}'.`, {
    hint: '`agate routes` lists what there is, and `agate lint` tells what is missing.',
  });
}

/** `azuredeploy.json` → `azuredeploy.test.yaml`, in the same folder. */
function testFileOf(template: string): string {
  if (template === '-') return 'azuredeploy.test.yaml';
  return join(dirname(template), `${basename(template, extname(template))}.test.yaml`);
}

async function writeNew(path: string, text: string, { force }: InitOptions): Promise<void> {
  try {
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
      throw new EmulatorError('FileUnreadable', `There is a file '${path}' already.`, {
        hint: 'Name another one with --output, or write over it with --force.',
        cause,
      });
    }
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be written: ${detail}.`, { cause });
  }
}
