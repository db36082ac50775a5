/**
 * The ways in which a caller of Agate can be wrong (the template being wrong is a diagnostic, a request that fails is
 * an answer of the gateway).
 */
export type EmulatorErrorCode =
  | 'AddressNotAvailable'
  | 'AdminUnreachable'
  | 'FileUnreadable'
  | 'InvalidOption'
  | 'NotAGateway'
  | 'PortInUse'
  | 'PortNotPermitted'
  | 'TemplateRefused'
  | 'ToolMissing';

/** The caller is wrong: a missing file, a port taken, an option that makes no sense. Always with a way out. */
export class EmulatorError extends Error {
  readonly code: EmulatorErrorCode;
  readonly hint: string | undefined;

  constructor(code: EmulatorErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'EmulatorError';
    this.code = code;
    this.hint = options.hint;
  }
}
