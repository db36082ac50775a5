import { Command, InvalidArgumentError, Option } from 'commander';
import type { Unmapped } from '../../emulator/options.ts';
import type { TestFormat } from '../../smoke/reports/reporters.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { addInput, addStandIns, collect, type InputOptions } from '../input-options.ts';

export interface TestOptions extends InputOptions {
  readonly format: TestFormat;
  readonly json?: boolean;
  readonly filter?: string;
  readonly tags?: readonly string[];
  readonly bail?: boolean;
  readonly coverage?: boolean;
  readonly minCoverage?: number;
  readonly backend: readonly string[];
  readonly unmapped?: Unmapped;
  readonly verifyBackends?: boolean;
  readonly ca?: string;
  readonly strict?: boolean;
  readonly watch?: boolean;
}

const formats: readonly TestFormat[] = ['pretty', 'json', 'junit', 'tap', 'github'];

const examples = [
  'agate test fixtures/example/azuredeploy.json',
  'agate test fixtures/example/azuredeploy.json fixtures/example/shop.test.yaml --coverage --min-coverage 80',
  'agate test fixtures/example/azuredeploy.json --filter images --tags smoke',
  'agate test fixtures/example/azuredeploy.json --format junit > results.xml',
];

const about = `Starts the gateway on free ports, with stand-in servers for the members of its pools, runs the test files and stops it. Without a test file it
takes all \`*.test.yaml\`, \`*.test.yml\` and \`*.test.json\` beside the template. [Test files](../test-files.md) tells what can be in one,
and \`agate init\` writes a first one.

\`--format github\` prints annotations, and adds a summary to the file that \`GITHUB_STEP_SUMMARY\` names. [In a pipeline](../ci.md) shows
the other formats at work.`;

/** `agate test`: run test files against the gateway that a template describes. */
export function testCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('test').description('Run test files against the gateway that a template describes.');
  addStandIns(addInput(command))
    .argument('[testfile...]', 'test files (default: *.test.yaml, .yml and .json beside the template)')
    .addOption(new Option('--format <format>', 'output format').choices(formats).default('pretty'))
    .option('--json', 'the same as --format json')
    .option('--filter <text>', 'only tests with this text, or /pattern/, in their names')
    .option('--tags <list>', 'only tests with one of these tags; !tag leaves tests out', splitList)
    .option('--bail', 'stop at the first test that fails')
    .option('--coverage', 'tell which listeners, rules, redirects and rewrite rules no test reaches')
    .option('--min-coverage <percent>', 'exit with 1 when less is covered', parsePercent)
    .addOption(
      new Option('--backend <member=target>', 'send a pool member somewhere real, as with agate run; repeatable')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--unmapped <how>', 'pool members without --backend (default: mock)').choices([
        'mock',
        'live',
        'down',
      ]),
    )
    .option('--verify-backends', 'check certificates of servers given with --backend as Azure would')
    .option('--ca <pem>', 'authority that makes certificates for listeners whose own is not at hand (see agate trust)')
    .option('--strict', 'refuse a template with error findings or with features that are not emulated')
    .option('--watch', 'run again when the template, its parameters or a test file changes')
    .action(async (template: string, files: readonly string[], options: TestOptions) => {
      const { testTemplate } = await import('../test-template.ts');
      finish(await testTemplate(template, files, options, io));
    });
  return { command, about, examples };
}

function splitList(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, ...text.split(',').flatMap((tag) => tag.trim() || [])];
}

function parsePercent(text: string): number {
  const value = Number(text.replace(/%$/, ''));
  if (text.trim() !== '' && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError('It should be a number from 0 to 100.');
}
