import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { SourceText } from '../../src/base/span.ts';
import { type EvaluateTemplateInput, evaluateTemplate } from '../../src/template/evaluate-template.ts';
import type { DeployedResource } from '../../src/template/evaluated-deployment.ts';
import { readJson } from '../../src/template/read-json.ts';
import { type Json, toJson, type Value } from '../../src/template/value.ts';

export const fixedClock = {
  now: () => Date.UTC(2024, 1, 3, 4, 5, 6),
  elapsed: () => 0,
  after: () => ({ dispose: () => undefined }),
};

export interface Evaluated {
  readonly resources: readonly DeployedResource[];
  readonly bodies: readonly Json[];
  /** Values of outputs by name. */
  readonly outputs: Readonly<Record<string, Json>>;
  readonly outputValues: ReadonlyMap<string, Value>;
  readonly diagnostics: readonly Diagnostic[];
  /** Messages of error findings. */
  readonly errors: readonly string[];
}

/** Reads a text as `azuredeploy.json`; fails when it is not JSON. */
export function parse(text: string, name = 'azuredeploy.json'): Value {
  const { value, diagnostics } = readJson(new SourceText(name, text));
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

type Sections = Readonly<Record<string, unknown>>;

/** A template with what every template needs around the given sections. */
export function templateText(sections: Sections): string {
  const envelope = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [],
  };
  return JSON.stringify({ ...envelope, ...sections }, undefined, 2);
}

/** Evaluates a template given as text or as its sections. */
export function evaluate(
  template: string | Sections,
  input: Partial<Omit<EvaluateTemplateInput, 'template'>> = {},
): Evaluated {
  const text = typeof template === 'string' ? template : templateText(template);
  const { value, diagnostics } = evaluateTemplate({ template: parse(text), clock: fixedClock, ...input });
  const outputs = Array.from(value.outputs, ([name, output]) => [name, toJson(output.value)] as const);
  return {
    resources: value.resources,
    bodies: value.resources.map(({ body }) => toJson(body)),
    outputs: Object.fromEntries(outputs),
    outputValues: new Map(Array.from(value.outputs, ([name, output]) => [name, output.value])),
    diagnostics,
    errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
  };
}

/** `line:column severity code message` of findings. */
export function summaries(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ range, severity, code, message }) => {
    const place = range === null ? '-' : `${range.start.line}:${range.start.column}`;
    return `${place} ${severity} ${code} ${message}`;
  });
}
