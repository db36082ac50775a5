import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { type CommandDefinition, withExamples } from './command-definition.ts';
import { evalCommand } from './commands/eval.ts';
import { explainCommand } from './commands/explain.ts';
import { healthCommand } from './commands/health.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { routesCommand } from './commands/routes.ts';
import { rulesCommand } from './commands/rules.ts';
import { runCommand } from './commands/run.ts';
import { testCommand } from './commands/test.ts';
import { trustCommand } from './commands/trust.ts';
import { packageVersion } from './version.ts';

/** All commands, those that are needed most first. */
export function defineCommands(context: CommandContext): readonly CommandDefinition[] {
  return [
    runCommand(context),
    testCommand(context),
    lintCommand(context),
    explainCommand(context),
    routesCommand(context),
    healthCommand(context),
    evalCommand(context),
    rulesCommand(context),
    trustCommand(context),
    initCommand(context),
  ];
}

/** `agate`, with all that it can do. Prints through the context only. */
export function agateCommand(context: CommandContext): Command {
  const program = new Command('agate')
    .description('Runs, tests, lints and explains Azure Application Gateway templates on your own machine.')
    .version(packageVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command');
  withExamples({ command: program, about: '', notes, examples });
  for (const definition of defineCommands(context)) program.addCommand(withExamples(definition));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showHelpAfterError(`(agate ${command === program ? '' : `${command.name()} `}--help tells more)`)
      .configureOutput({
        writeOut: (text) => context.io.stdout.write(text),
        writeErr: (text) => context.io.stderr.write(text),
      });
  }
  return program;
}

const notes = ['Exit codes: 0 fine, 1 findings or failed expectations, 2 could not do the work.'];

const examples = [
  'agate run fixtures/example/azuredeploy.json',
  'agate test fixtures/example/azuredeploy.json',
  'agate lint fixtures/example/azuredeploy.json',
  'agate explain fixtures/example/azuredeploy.json https://shop.contoso.com/images/cat.png',
  'agate routes fixtures/example/azuredeploy.json',
  'agate health fixtures/example/azuredeploy.json',
  'agate eval fixtures/example/azuredeploy.json',
];
