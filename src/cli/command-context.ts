import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';

/** What a command is given besides its own arguments. */
export interface CommandContext {
  readonly io: Io;
  /** Called once with what the process should exit with. */
  finish(code: ExitCode): void;
}
