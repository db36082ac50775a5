import type { RewriteCondition } from '../../../gateway/model.ts';
import { knownValues, onlyMatch, whyNever } from '../../facts/impossible-condition.ts';
import { describeRewriteRule, rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2032',
  id: 'condition-never-holds',
  severity: 'warning',
  category: 'rewrites',
  title: 'Conditions of rewrite rules can hold',
  why: 'A rule runs when all its conditions hold; with one that never does, it changes nothing.',
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#rewrite-conditions',
  check({ gateway, raw, report }) {
    for (const placed of rewriteRulesOf(gateway)) {
      const { conditions } = placed.rule;
      const known = knownValues(gateway, placed.set);
      for (const condition of conditions) {
        const why = whyNever(condition, known);
        if (why === undefined) continue;
        report(
          raw(condition.origin, 'pattern'),
          `The condition of ${describeRewriteRule(placed).replace(/^R/, 'r')} on '${condition.variable}' never holds: ${why}.`,
          { basedOn: membersOf(raw, condition) },
        );
      }
      const [one, other] = contradiction(conditions) ?? [];
      if (one === undefined || other === undefined) continue;
      report(
        raw(other.origin, 'pattern'),
        `${describeRewriteRule(placed)} never runs: '${one.variable}' cannot match '${one.pattern}' and '${other.pattern}' at once.`,
        {
          related: [{ message: 'The other condition is here.', place: raw(one.origin, 'pattern') }],
          basedOn: [one, other].flatMap((condition) => membersOf(raw, condition)),
        },
      );
    }
  },
});

function membersOf(raw: RuleContext['raw'], { origin }: RewriteCondition): readonly Raw[] {
  return ['variable', 'pattern', 'ignoreCase', 'negate'].map((member) => raw(origin, member));
}

/** Two conditions that ask for different texts of the same variable. */
function contradiction(conditions: readonly RewriteCondition[]): readonly RewriteCondition[] | undefined {
  for (const [index, one] of conditions.entries()) {
    const other = conditions.slice(index + 1).find((later) => contradicts(one, later));
    if (other !== undefined) return [one, other];
  }
  return undefined;
}

function contradicts(one: RewriteCondition, other: RewriteCondition): boolean {
  const [wanted, alsoWanted] = [onlyMatch(one.pattern), onlyMatch(other.pattern)];
  if (one.variable !== other.variable || one.negate || other.negate) return false;
  return wanted !== undefined && alsoWanted !== undefined && wanted.toLowerCase() !== alsoWanted.toLowerCase();
}
