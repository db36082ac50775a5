import { EmulatorError, type EmulatorErrorCode } from '../base/errors.ts';

/** An error on its way between two processes, which would lose its class. */
export interface SentFault {
  readonly message: string;
  /** null for a mistake of ours. */
  readonly code: EmulatorErrorCode | null;
  readonly hint: string | undefined;
  readonly stack: string | undefined;
}

export function faultToSend(fault: unknown): SentFault {
  if (fault instanceof EmulatorError) {
    const { message, code, hint, stack } = fault;
    return { message, code, hint, stack };
  }
  return {
    message: String(fault),
    code: null,
    hint: undefined,
    stack: fault instanceof Error ? fault.stack : undefined,
  };
}

/** The error as it was where it happened: what the caller did wrong is still told apart from mistakes of ours. */
export function receivedFault({ message, code, hint, stack }: SentFault): Error {
  const fault =
    code === null ? new Error(message) : new EmulatorError(code, message, hint === undefined ? {} : { hint });
  if (stack !== undefined) fault.stack = stack;
  return fault;
}
