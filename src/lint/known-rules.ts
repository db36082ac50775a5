import { sameName } from '../base/case-insensitive-map.ts';
import { EmulatorError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import { earlierKinds } from './earlier-kinds.ts';
import { rules } from './rules/index.ts';

interface KnownRule {
  readonly id: string;
  readonly code: string;
}

/** Everything a finding can be about: lint rules, and what reading, evaluating, checking and building report. */
function knownRules(): readonly KnownRule[] {
  return [...rules, ...earlierKinds.map(({ rule, code }) => ({ id: rule, code }))];
}

/** Ids and codes of all rules. */
export function knownRuleIds(): readonly string[] {
  return knownRules().flatMap(({ id, code }) => [id, code]);
}

/** The id of the rule with that id or code, in any letter case; undefined when there is none. */
export function idOfRule(name: string): string | undefined {
  return knownRules().find(({ id, code }) => sameName(id, name) || sameName(code, name))?.id;
}

/**
 * The same for a name that somebody has chosen.
 *
 * @throws EmulatorError `InvalidOption` when there is none
 */
export function requireRule(name: string): string {
  const id = idOfRule(name);
  if (id !== undefined) return id;
  throw new EmulatorError('InvalidOption', `There is no rule '${name}'.`, { hint: suggestRule(name) });
}

/** Whether there is a rule with that id or code. */
export function isKnownRule(name: string): boolean {
  return idOfRule(name) !== undefined;
}

/** Asks whether another rule was meant. */
export function suggestRule(name: string, otherwise = '`agate rules` lists the rules.'): string {
  const nearest = nearestName(name, knownRuleIds());
  return nearest === undefined ? otherwise : `Did you mean '${nearest}'?`;
}
