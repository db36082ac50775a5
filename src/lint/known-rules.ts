import { sameName } from '../base/case-insensitive-map.ts';
import type { DiagnosticKind } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
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

/** Whether there is a rule with that id or code. */
export function isKnownRule(name: string): boolean {
  return knownRuleIds().some((known) => sameName(known, name));
}

/** Asks whether another rule was meant. */
export function suggestRule(name: string, otherwise = '`agate rules` lists the rules.'): string {
  const nearest = nearestName(name, knownRuleIds());
  return nearest === undefined ? otherwise : `Did you mean '${nearest}'?`;
}
