import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import { requireRule } from '../lint/known-rules.ts';
import { parseSeverity } from '../lint/lint-config.ts';
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
 * @throws EmulatorError `InvalidOption` for a rule that there is not
 * @example
 * const { diagnostics } = await lintTemplate({ template: 'azuredeploy.json', parameters: { capacity: 3 } });
 */
export async function lintTemplate(options: LintOptions): Promise<{ readonly diagnostics: readonly Diagnostic[] }> {
  const opened = await openTemplate(options, { standIns: true, placeholders: true });
  const severities = new Map(Object.entries(options.rules ?? {}).map(readSeverity));
  const { diagnostics } = lintDocument(opened.value, {
    severities,
    openPfx: await pfxOpenerFor(opened.value.document),
  });
  return { diagnostics: [...opened.diagnostics, ...diagnostics] };
}

function readSeverity([name, level]: readonly [string, string]): readonly [string, Severity | 'off'] {
  const severity = parseSeverity(String(level));
  if (severity !== undefined) return [requireRule(name), severity];
  throw new EmulatorError('InvalidOption', `'rules' has '${level}' for '${name}'; allowed: off, info, warning, error.`);
}
