import type { Diagnostic } from '../base/diagnostic.ts';
import { evaluateDocument, readDocument } from '../gateway/load-gateways.ts';
import { type RenderedDeployment, renderDeployment } from '../resources/render-deployment.ts';
import { openTemplate, requireTemplate, type TemplateOptions } from './template-options.ts';

export interface EvaluatedTemplate extends RenderedDeployment {
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Evaluates a template as Azure Resource Manager would, offline: its resources, and its outputs by name.
 *
 * @example
 * const { resources, outputs, diagnostics } = await evaluateTemplate({ template: 'azuredeploy.json' });
 */
export async function evaluateTemplate(options: TemplateOptions): Promise<EvaluatedTemplate> {
  requireTemplate(options);
  const opened = await openTemplate(options, { standIns: options.standIns ?? false, placeholders: false });
  const read = readDocument(opened.value.document);
  const { value, diagnostics } = evaluateDocument(read.value, opened.value);
  return {
    ...renderDeployment(value),
    diagnostics: [...opened.diagnostics, ...read.diagnostics, ...diagnostics],
  };
}
