import type { Diagnostic } from '../base/diagnostic.ts';
import { evaluateDocument, evaluateInDocument, readDocument } from '../gateway/load-gateways.ts';
import { deploymentValue } from '../resources/render-deployment.ts';
import { renderJson } from '../template/json-text.ts';
import type { Value } from '../template/value.ts';
import type { InputOptions } from './input-options.ts';
import type { Io } from './io.ts';
import { hasErrors, type LoadedInput, loadDocument } from './load.ts';
import { printDiagnostics } from './print-diagnostics.ts';

export interface EvaluateOptions extends InputOptions {
  readonly resource?: string;
  readonly expression?: string;
}

export interface Evaluation {
  /** Undefined when there is nothing to show. */
  readonly text: string | undefined;
  /** False when the template could not be evaluated, or only in part. */
  readonly isComplete: boolean;
}

/** Evaluates a template, or one expression in it, for `agate eval`; what is wrong goes to stderr. */
export async function evaluate(template: string, options: EvaluateOptions, io: Io): Promise<Evaluation> {
  const loaded = await loadDocument(
    template,
    options,
    { standIns: options.standIns === true, placeholders: false },
    io,
  );
  const read = readDocument(loaded.document.document);
  const { result, diagnostics } =
    options.expression === undefined || read.value === undefined
      ? evaluateAll(read.value, loaded, options.resource)
      : evaluateExpression(read.value, loaded, options.expression);
  const all = [...loaded.diagnostics, ...read.diagnostics, ...diagnostics];
  printDiagnostics(all, loaded.sources, io);
  const text = result === undefined ? undefined : renderJson(result, { indent: 2, redact: true });
  return { text, isComplete: !hasErrors(all) };
}

interface Outcome {
  readonly result: Value | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function evaluateAll(document: Value | undefined, loaded: LoadedInput, type: string | undefined): Outcome {
  const { value, diagnostics } = evaluateDocument(document, loaded.document);
  const isEmpty = value.resources.length === 0 && value.outputs.size === 0;
  const result = hasErrors(diagnostics) && isEmpty ? undefined : deploymentValue(value, type);
  return { result: document === undefined ? undefined : result, diagnostics };
}

function evaluateExpression(document: Value, loaded: LoadedInput, expression: string): Outcome {
  const { value, diagnostics } = evaluateInDocument(document, loaded.document, expression);
  return { result: value, diagnostics };
}
