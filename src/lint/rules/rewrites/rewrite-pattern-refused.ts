import { compilePattern } from '../../../rewrite/pattern.ts';
import type { PlacedRewriteRule } from '../../facts/rewrite-placeholders.ts';
import { describeRewriteRule, rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2021',
  id: 'rewrite-pattern-refused',
  severity: 'error',
  category: 'rewrites',
  title: 'Patterns are regular expressions that RE2 knows',
  why: 'Azure matches with RE2, which has no look-around and no back-references; a rule with such a pattern has no effect.',
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#pattern-matching',
  check({ gateway, raw, report }) {
    for (const placed of rewriteRulesOf(gateway)) {
      for (const pattern of patternsOf(placed, raw)) {
        const compiled = pattern.text === undefined ? undefined : compilePattern(pattern.text, false);
        if (compiled === undefined || !('fault' in compiled)) continue;
        report(
          pattern,
          `${describeRewriteRule(placed)} has the pattern '${pattern.text}', which RE2 does not take: ${compiled.fault}.`,
        );
      }
    }
  },
});

function patternsOf({ rule }: PlacedRewriteRule, raw: RuleContext['raw']): readonly Raw[] {
  const matchers = [...rule.requestHeaders, ...rule.responseHeaders].map((action) =>
    raw(action.origin, 'headerValueMatcher', 'pattern'),
  );
  return [...rule.conditions.map((condition) => raw(condition.origin, 'pattern')), ...matchers];
}
