import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { lintDocument } from '../lint/lint-template.ts';
import { pfxOpenerFor } from '../lint/pfx-opener-for.ts';
import { openTemplate, type TemplateOptions } from './template-options.ts';

export interface LintOptions extends TemplateOptions {
  /** Another severity for a rule, by id or code. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
}

/**
 * Reports what Azure would refuse, and what it would accept and misroute.
 *
 * @example
 * const { diagnostics } = await lintTemplate({ template: 'azuredeploy.json', parameters: { capacity: 3 } });
 */
export async function lintTemplate(options: LintOptions): Promise<{ readonly diagnostics: readonly Diagnostic[] }> {
  const opened = await openTemplate(options, { standIns: true, placeholders: true });
  const severities = new Map(Object.entries(options.rules ?? {}));
  const { diagnostics } = lintDocument(opened.value, {
    severities,
    openPfx: await pfxOpenerFor(opened.value.document),
  });
  return { diagnostics: [...opened.diagnostics, ...diagnostics] };
}
