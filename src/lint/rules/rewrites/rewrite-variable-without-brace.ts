import { loneBracesIn, rewriteRulesOf, textsOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2033',
  id: 'rewrite-variable-without-brace',
  severity: 'warning',
  category: 'rewrites',
  title: 'A variable in a rewrite stands between two braces',
  why: 'With one of its braces missing, the name of a variable is text like any other, and is sent as it is written.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#syntax-for-rewrite-configuration',
  check({ gateway, raw, report }) {
    for (const { rule } of rewriteRulesOf(gateway)) {
      for (const { text, origin, member } of textsOf(rule)) {
        for (const { written, missing } of loneBracesIn(text)) {
          report(
            raw(origin, member),
            `Rewrite rule '${rule.name}' has '${written}' without the brace that ${missing} it; it is text, and no variable.`,
          );
        }
      }
    }
  },
});
