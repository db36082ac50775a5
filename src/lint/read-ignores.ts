import type { Diagnostic, DiagnosticKind, Result } from '../base/diagnostic.ts';
import { diagnose } from '../base/diagnostic.ts';
import type { Value } from '../template/value.ts';
import type { Ignore } from './ignores.ts';
import { Raw } from './raw.ts';

const invalidIgnore: DiagnosticKind = { code: 'AGW0004', rule: 'invalid-ignore', severity: 'warning' };

/**
 * The ignores in the metadata of a template: `"metadata": { "agate": { "ignore": [{ "rule": "…", "reason": "…" }] } }`.
 * One without a rule or a reason is reported and has no effect.
 */
export function readTemplateIgnores(template: Value): Result<readonly Ignore[]> {
  return readIgnores(new Raw(template).at('metadata', 'agate', 'ignore'), "The template's metadata");
}

/** @param from what holds the ignores, for messages: `agate.yaml` */
export function readIgnores(list: Raw, from: string): Result<readonly Ignore[]> {
  const diagnostics: Diagnostic[] = [];
  if (list.isGiven && list.value?.kind !== 'Array') {
    diagnostics.push(invalid(list, `${from} should list ignores as an array of { "rule", "reason" }.`));
  }
  const value = list.items().flatMap((entry) => {
    const ignore = readIgnore(entry, from);
    if (!('problem' in ignore)) return ignore;
    diagnostics.push(invalid(entry, ignore.problem));
    return [];
  });
  return { value, diagnostics };
}

function readIgnore(entry: Raw, from: string): Ignore | { readonly problem: string } {
  const rule = entry.member('rule').text?.trim();
  const reason = entry.member('reason').text?.trim();
  if (!rule) return { problem: `${from} has an ignore without 'rule'.` };
  if (!reason) return { problem: `${from} ignores '${rule}' without a 'reason'; say why, and it will be ignored.` };
  const path = entry.member('path').text;
  const files = entry.member('files').text;
  return { rule, reason, from, span: entry.span, path, files };
}

function invalid(place: Raw, message: string): Diagnostic {
  return diagnose(invalidIgnore, { message, span: place.span });
}
