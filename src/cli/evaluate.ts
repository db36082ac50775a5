import { sameName } from '../base/case-insensitive-map.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import { evaluateDocument, evaluateInDocument, readDocument } from '../gateway/load-gateways.ts';
import { deploymentValue } from '../resources/render-deployment.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { renderJson } from '../template/json-text.ts';
import type { Value } from '../template/value.ts';
import type { InputOptions } from './input-options.ts';
import type { Io } from './io.ts';
import { hasErrors, type LoadedInput, loadDocument } from './load.ts';
import { painterFor } from './painter.ts';
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
      ? evaluateAll(read.value, loaded, options.resource, io)
      : evaluateExpression(read.value, loaded, options.expression);
  const all = [...loaded.diagnostics, ...read.diagnostics, ...diagnostics];
  printDiagnostics(all, loaded.sourcesFor(all), io);
  const text = result === undefined ? undefined : renderJson(result, { indent: 2, redact: true });
  return { text, isComplete: !hasErrors(all) };
}

interface Outcome {
  readonly result: Value | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function evaluateAll(document: Value | undefined, loaded: LoadedInput, type: string | undefined, io: Io): Outcome {
  const { value, diagnostics } = evaluateDocument(document, loaded.document);
  if (type !== undefined) tellWhenNone(type, value.resources, io);
  const isEmpty = value.resources.length === 0 && value.outputs.size === 0;
  const result = hasErrors(diagnostics) && isEmpty ? undefined : deploymentValue(value, type);
  return { result: document === undefined ? undefined : result, diagnostics };
}

function evaluateExpression(document: Value, loaded: LoadedInput, expression: string): Outcome {
  const { value, diagnostics } = evaluateInDocument(document, loaded.document, expression);
  return { result: value, diagnostics };
}

/** An empty list is an answer for scripts; a person may have misspelt the type. */
function tellWhenNone(wanted: string, resources: readonly DeployedResource[], io: Io): void {
  const types = [...new Set(resources.map(({ type }) => type))];
  if (types.some((type) => sameName(type, wanted))) return;
  const nearest = nearestName(wanted, types);
  const hint = nearest === undefined ? `Known here: ${types.join(', ') || 'none'}.` : `Did you mean '${nearest}'?`;
  const painter = painterFor(io.stderr, io.env);
  io.stderr.write(`${painter.warning('warning')}  No resource of type '${wanted}' is deployed. ${hint}\n`);
}
