import type { DiagnosticKind } from '../base/diagnostic.ts';
import { buildKinds } from '../gateway/build/diagnostics.ts';
import { schemaKinds } from '../resources/diagnostics.ts';
import { kinds as templateKinds } from '../template/diagnostics.ts';
import { rules } from './rules/index.ts';

/** Everything a finding can be about: lint rules, and what reading, evaluating, checking and building report. */
export function knownRuleIds(): readonly string[] {
  const kinds: readonly DiagnosticKind[] = [templateKinds, schemaKinds, buildKinds].flatMap((table) =>
    Object.values(table),
  );
  return [...rules.flatMap(({ id, code }) => [id, code]), ...kinds.flatMap(({ rule, code }) => [rule, code])];
}
