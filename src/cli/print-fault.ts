import type { EmulatorError } from '../base/errors.ts';
import { type Io, writeText } from './io.ts';
import { painterFor } from './painter.ts';

/** Shows what the caller did wrong, and what to do about it. */
export function printFault(fault: EmulatorError, io: Io): void {
  const painter = painterFor(io.stderr, io.env);
  void writeText(io.stderr, `${painter.error('error')}  ${fault.message}`);
  if (fault.hint !== undefined) void writeText(io.stderr, painter.faint(`hint   ${fault.hint}`));
}
