import { describeRewriteRule, rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2027',
  id: 'host-in-response',
  severity: 'warning',
  category: 'rewrites',
  title: "'Host' is set on requests",
  why: 'Responses have no Host header; a client does nothing with it.',
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url',
  check({ gateway, raw, report }) {
    for (const placed of rewriteRulesOf(gateway)) {
      for (const action of placed.rule.responseHeaders) {
        if (action.headerName.toLowerCase() !== 'host') continue;
        report(
          raw(action.origin, 'headerName'),
          `${describeRewriteRule(placed)} sets 'Host' on responses; it belongs to requests.`,
        );
      }
    }
  },
});
