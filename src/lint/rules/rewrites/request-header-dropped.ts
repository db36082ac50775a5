import { isHeaderName } from '../../../rewrite/raw-headers.ts';
import { describeRewriteRule, rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2020',
  id: 'request-header-dropped',
  severity: 'warning',
  category: 'rewrites',
  title: 'Request headers that rewrites set have letters, digits and hyphens in their names',
  why: 'v2 drops request headers with other characters in their name before they reach a backend.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-faq',
  check({ gateway, raw, report }) {
    for (const placed of rewriteRulesOf(gateway)) {
      for (const action of placed.rule.requestHeaders) {
        // What cannot be a header's name at all is refused.
        if (!isHeaderName(action.headerName) || /^[A-Za-z0-9-]+$/.test(action.headerName)) continue;
        const place = raw(action.origin, 'headerName');
        report(
          place,
          `${describeRewriteRule(placed)} sets the request header '${action.headerName}', which does not reach the backend; use letters, digits and hyphens.`,
        );
      }
    }
  },
});
