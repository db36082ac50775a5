import { Command, CommanderError } from 'commander';
import { EmulatorError } from '../base/errors.ts';
import type { CommandContext } from './command-context.ts';
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
import { type ExitCode, exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { painterFor } from './painter.ts';
import { printFault } from './print-fault.ts';
import { packageVersion } from './version.ts';

/** Runs `agate` with these arguments. Prints and reads through `io` only. */
export async function runAgate(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCode.fine;
  const context: CommandContext = {
    io,
    finish(result) {
      code = result;
    },
  };
  try {
    await agateCommand(context).parseAsync([...args], { from: 'user' });
    return code;
  } catch (fault) {
    return reportFault(fault, io);
  }
}

function agateCommand(context: CommandContext): Command {
  const program = new Command('agate')
    .description('Runs, tests, lints and explains Azure Application Gateway templates on your own machine.')
    .version(packageVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', topExamples);
  for (const define of [
    runCommand,
    testCommand,
    lintCommand,
    explainCommand,
    routesCommand,
    healthCommand,
    evalCommand,
    rulesCommand,
    trustCommand,
    initCommand,
  ]) {
    program.addCommand(define(context));
  }
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

const topExamples = `
Examples:
  agate run fixtures/example/azuredeploy.json
  agate test fixtures/example/azuredeploy.json
  agate lint fixtures/example/azuredeploy.json
  agate explain fixtures/example/azuredeploy.json https://shop.contoso.com/images/cat.png
  agate routes fixtures/example/azuredeploy.json
  agate health fixtures/example/azuredeploy.json
  agate eval fixtures/example/azuredeploy.json

Exit codes: 0 fine, 1 findings or failed expectations, 2 could not do the work.`;

function reportFault(fault: unknown, io: Io): ExitCode {
  // commander has already printed what it had to say; help and version count as errors to it, with exit code 0.
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? exitCode.fine : exitCode.couldNotWork;
  if (fault instanceof EmulatorError) {
    printFault(fault, io);
    return exitCode.couldNotWork;
  }
  const detail = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  io.stderr.write(
    `${painterFor(io.stderr, io.env).error('error')}  Agate itself failed; this is a fault of ours, please report it.\n${detail}\n`,
  );
  return exitCode.couldNotWork;
}
