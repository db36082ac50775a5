import { describeRewriteRule, rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2029',
  id: 'query-in-modified-path',
  severity: 'warning',
  category: 'rewrites',
  appliesTo: 'v2',
  title: "A new query stands in 'modifiedQueryString'",
  why: "What follows a question mark in 'modifiedPath' is no query: path and query have members of their own.",
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url',
  check({ gateway, raw, report }) {
    for (const placed of rewriteRulesOf(gateway)) {
      const { url } = placed.rule;
      if (!url?.modifiedPath?.includes('?')) continue;
      report(
        raw(url.origin, 'modifiedPath'),
        `${describeRewriteRule(placed)} has a question mark in 'modifiedPath' ('${url.modifiedPath}'); what follows belongs into 'modifiedQueryString'.`,
      );
    }
  },
});
