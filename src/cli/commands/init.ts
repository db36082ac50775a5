import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { exitCode } from '../exit-code.ts';
import { addInputOptions, type InputOptions } from '../input-options.ts';
import { writeLine } from '../io.ts';

export interface InitOptions extends InputOptions {
  readonly output?: string;
  readonly force?: boolean;
}

const examples = `
Examples:
  agate init                          # azuredeploy.json and azuredeploy.test.yaml in the current folder
  agate init fixtures/example/azuredeploy.json --output /tmp/shop.test.yaml`;

/** `agate init`: a test file for a template, and a template where there is none. */
export function initCommand({ io, finish }: CommandContext): Command {
  const command = new Command('init')
    .description('Write a test file with a case for each route of a template; without one, a small template too.')
    .argument('[template]', 'template to write tests for');
  return addInputOptions(command)
    .option('-o, --output <file>', 'the test file (default: <template>.test.yaml beside the template)')
    .option('--force', 'write over files that are there')
    .addHelpText('after', examples)
    .action(async (template: string | undefined, options: InitOptions) => {
      const { writeStarter } = await import('../write-starter.ts');
      for (const line of await writeStarter(template, options, io)) await writeLine(io.stdout, line);
      finish(exitCode.fine);
    });
}
