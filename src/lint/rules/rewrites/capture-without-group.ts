import type { RewriteCondition, RewriteRule } from '../../../gateway/model.ts';
import { compilePattern } from '../../../rewrite/pattern.ts';
import { askedGroup, conditionOn, placeholdersIn, rewriteRulesOf, textsOf } from '../../facts/rewrite-placeholders.ts';
import type { Raw } from '../../raw.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2023',
  id: 'capture-without-group',
  severity: 'warning',
  category: 'rewrites',
  title: 'A captured group is one of a condition on the same variable',
  why: "'{var_uri_path_1}' stands for the first group of a condition on 'var_uri_path' in the same rule; without such a group it is empty.",
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#capturing',
  check({ gateway, raw, report }) {
    for (const { rule } of rewriteRulesOf(gateway)) {
      for (const { text, origin, member } of textsOf(rule)) {
        for (const name of placeholdersIn(text)) {
          const fault = faultOf(name, rule);
          if (fault !== undefined) {
            report(
              raw(origin, member),
              `Rewrite rule '${rule.name}' uses '{${name}}', but ${fault}; it will be empty.`,
              { basedOn: conditionPlaces(raw, rule) },
            );
          }
        }
      }
    }
  },
});

/** What the conditions of a rule are about, by which it may have the group. */
function conditionPlaces(raw: RuleContext['raw'], rule: RewriteRule): readonly Raw[] {
  const conditions = raw(rule.origin, 'conditions');
  const members = conditions
    .items()
    .flatMap((condition) => ['variable', 'pattern', 'negate'].map((name) => condition.member(name)));
  return [conditions, ...members];
}

function faultOf(name: string, rule: RewriteRule): string | undefined {
  const asked = askedGroup(name);
  if (asked === undefined || name.startsWith('capt_')) return undefined;
  const { variable, group } = asked;
  const condition = conditionOn(rule, variable);
  if (condition !== undefined) return faultOfCondition(condition, group);
  const similar = rule.conditions.find((other) => other.variable.toLowerCase() === variable.toLowerCase());
  if (similar !== undefined) return `the condition spells the variable '${similar.variable}', and letter case counts`;
  // A header may really end in a number.
  return variable.startsWith('var_') && !variable.startsWith('var_cookie_')
    ? `the rule has no condition on '${variable}'`
    : undefined;
}

function faultOfCondition({ pattern, negate, variable }: RewriteCondition, group: number): string | undefined {
  if (negate) return `the condition on '${variable}' is negated and captures nothing`;
  const groups = countGroups(pattern);
  if (groups === undefined || group <= groups) return undefined;
  const found = groups === 0 ? 'has no group' : groups === 1 ? 'has one group' : `has ${groups} groups`;
  return `the pattern '${pattern}' of the condition on '${variable}' ${found}`;
}

/** Counted by letting the pattern match the empty text too; undefined when it is refused. */
function countGroups(pattern: string): number | undefined {
  const compiled = compilePattern(`(?:${pattern})|`, false);
  if ('fault' in compiled) return undefined;
  const groups = compiled.capture('');
  return groups === null ? undefined : groups.length - 1;
}
