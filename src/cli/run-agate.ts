import { CommanderError } from 'commander';
import { EmulatorError } from '../base/errors.ts';
import { agateCommand } from './agate-command.ts';
import type { CommandContext } from './command-context.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { painterFor } from './painter.ts';
import { printFault } from './print-fault.ts';

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
