import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { exitCode } from '../exit-code.ts';
import { addInputOptions, type InputOptions } from '../input-options.ts';
import { writeLine } from '../io.ts';

export interface InitOptions extends InputOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const examples = ['agate init', 'agate init fixtures/example/azuredeploy.json --output shop.test.yaml --force'];

const about = `Writes a test with the expected listener, rule, pool or redirect for each route of a template, as a starting point: what the gateway does now is
what is expected. Without a template it writes a small one too: \`azuredeploy.json\` and
\`azuredeploy.test.yaml\` in the current folder. Files that are there are left alone unless \`--force\` is given.`;

/** `agate init`: a test file for a template, and a template where there is none. */
export function initCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('init')
    .description('Write a test file with a case for each route of a template; without one, a small template too.')
    .argument('[template]', 'template to write tests for');
  addInputOptions(command)
    .option('-o, --output <file>', 'the test file (default: <template>.test.yaml beside the template)')
    .option('--force', 'write over files that are there')
    .option('--json', 'print JSON: the files that were written, and the command that runs the tests')
    .action(async (template: string | undefined, options: InitOptions) => {
      const { writeStarter } = await import('../write-starter.ts');
      const { written, run } = await writeStarter(template, options, io);
      const lines = [...written.map((path) => `Wrote ${path}`), `Run it: ${run}`];
      await writeLine(io.stdout, options.json ? JSON.stringify({ written, run }, null, 2) : lines.join('\n'));
      finish(exitCode.fine);
    });
  return { command, about, examples };
}
