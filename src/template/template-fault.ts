import type { Span } from '../base/span.ts';

/**
 * A template cannot be evaluated here. Thrown inside `template/` only; whoever evaluates a parameter, variable,
 * resource or output catches it there, makes a diagnostic of it and goes on with the rest.
 */
export class TemplateFault extends Error {
  /** Azure's code for the fault. */
  readonly azureCode: string;
  /** The narrowest place known when it was thrown. */
  readonly span: Span | undefined;
  readonly hint: string | undefined;

  constructor(message: string, details: { azureCode?: string; span?: Span | undefined; hint?: string } = {}) {
    super(message);
    this.name = 'TemplateFault';
    this.azureCode = details.azureCode ?? 'InvalidTemplate';
    this.span = details.span;
    this.hint = details.hint;
  }
}
