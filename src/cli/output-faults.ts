import { exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { painterFor } from './painter.ts';

/**
 * Keeps a fault of standard output or standard error from ending the process with a stack trace.
 *
 * A reader that leaves early (`agate routes … | head`) has what it wanted: the work goes on, and its exit code stands.
 * A running gateway keeps serving. Anything else, such as a full disk, means that the result is lost, and is said.
 */
export function superviseOutput(io: Io, exit: (code: number) => void): void {
  // There is nowhere left to tell what befell standard error.
  io.stderr.on('error', () => undefined);
  io.stdout.on('error', (fault: Error) => {
    if (isReaderGone(fault)) return;
    io.stderr.write(
      `${painterFor(io.stderr, io.env).error('error')}  The result cannot be written to standard output: ${fault.message}.\n`,
    );
    exit(exitCode.couldNotWork);
  });
}

/** Whether a write failed because the other end of the pipe is closed; Windows says EOF. */
function isReaderGone(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && (fault.code === 'EPIPE' || fault.code === 'EOF');
}
