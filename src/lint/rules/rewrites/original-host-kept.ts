import { describeRewriteRule, rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2034',
  id: 'original-host-kept',
  severity: 'warning',
  category: 'rewrites',
  title: "'X-Original-Host' is left to the gateway",
  why: 'Azure takes a rewrite of it, and sends the host that arrived all the same.',
  source: 'https://github.com/MicrosoftDocs/azure-docs/pull/125613',
  check({ gateway, raw, report }) {
    for (const placed of rewriteRulesOf(gateway)) {
      for (const action of placed.rule.requestHeaders) {
        if (action.headerName.toLowerCase() !== 'x-original-host') continue;
        report(
          raw(action.origin, 'headerName'),
          `${describeRewriteRule(placed)} changes the request header '${action.headerName}', which stays the host that arrived; use a header of another name.`,
        );
      }
    }
  },
});
