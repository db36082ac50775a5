import type { HeaderAction } from '../../../gateway/model.ts';
import { isHeaderName } from '../../../rewrite/raw-headers.ts';
import { describeRewriteRule, rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5092',
  id: 'header-not-rewritable',
  severity: 'error',
  category: 'rewrites',
  title: 'Rewrites change headers that may be changed',
  why: "'Connection' and 'Upgrade' stay as they are, 'Host' can be set but not removed, and names have letters, digits and hyphens.",
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#limitations',
  check({ gateway, raw, report }) {
    for (const placed of rewriteRulesOf(gateway)) {
      const actions = [
        ...placed.rule.requestHeaders.map((action) => ({ action, fault: faultOf(action, 'request') })),
        ...placed.rule.responseHeaders.map((action) => ({ action, fault: faultOf(action, 'response') })),
      ];
      for (const { action, fault } of actions) {
        if (fault !== undefined) report(raw(action.origin, 'headerName'), `${describeRewriteRule(placed)} ${fault}.`);
      }
    }
  },
});

const fixed: ReadonlySet<string> = new Set(['connection', 'upgrade']);

function faultOf({ headerName, headerValue }: HeaderAction, phase: 'request' | 'response'): string | undefined {
  const name = headerName.toLowerCase();
  if (headerName === '') return "has a header configuration without 'headerName'";
  if (fixed.has(name)) return `changes the header '${headerName}', which Azure keeps as it is`;
  if (name === 'host' && phase === 'request' && headerValue === '')
    return "removes the header 'Host'; it can only be set";
  if (!isHeaderName(headerName)) return `names the header '${headerName}'; letters, digits and hyphens are possible`;
  return undefined;
}
