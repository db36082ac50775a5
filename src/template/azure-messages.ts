import type { Span } from '../base/span.ts';
import type { TemplateFault } from './template-fault.ts';

/**
 * The sentences into which Azure puts the reason of a fault. Reasons often end in a full stop; frames add their own.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-template
 */
export const azureFrames = {
  validation: (inner: string) => `Deployment template validation failed: '${sentence(inner)}'.`,
  evaluation: (inner: string) =>
    `Deployment template language expression evaluation failed: '${sentence(inner)}'. Please see https://aka.ms/arm-template-expressions for usage details.`,
  variable: (name: string, inner: string) => `The template variable '${name}' is not valid: ${sentence(inner)}`,
  resource: (name: string, span: Span | undefined, inner: string) =>
    `The template resource '${name}'${atPlace(span)} is not valid: ${sentence(inner)}`,
  resourceBody: (id: string, span: Span | undefined, inner: string) =>
    `Unable to process template language expressions for resource '${id}'${atPlace(span)}. '${sentence(inner)}'`,
  output: (name: string, span: Span | undefined, inner: string) =>
    `The template output '${name}'${atPlace(span)} is not valid: ${sentence(inner)}`,
} as const;

/** ` at line 'L' and column 'C'`, as Azure's messages say it; empty for what has no place. */
export function atPlace(span: Span | undefined): string {
  if (span === undefined) return '';
  const { line, column } = span.source.positionAt(span.offset);
  return ` at line '${line}' and column '${column}'`;
}

/** A fault's message in a frame, unless it has one already. */
export function framed(fault: TemplateFault, frame: (inner: string) => string): string {
  return fault.isFramed ? fault.message : frame(fault.message);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
