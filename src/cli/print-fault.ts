import type { EmulatorError } from '../base/errors.ts';
import type { Io } from './io.ts';
import { painterFor } from './painter.ts';

/** Shows what the caller did wrong, and what to do about it. */
export function printFault(fault: EmulatorError, io: Io): void {
  const painter = painterFor(io.stderr, io.env);
  io.stderr.write(`${painter.error('error')}  ${fault.message}\n`);
  if (fault.hint !== undefined) io.stderr.write(`${painter.faint(`hint   ${fault.hint}`)}\n`);
}
