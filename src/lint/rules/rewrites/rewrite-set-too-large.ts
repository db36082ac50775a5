import type { RewriteRule } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

/** https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits */
const most = 40;

export const rule = defineRule({
  code: 'AGW5093',
  id: 'rewrite-set-too-large',
  severity: 'error',
  category: 'rewrites',
  title: 'A rewrite rule set has up to 40 conditions and up to 40 changes',
  why: 'Azure refuses more of either, counted over all rules of the set.',
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits',
  check({ gateway, report }) {
    for (const { name, origin, rewriteRules } of gateway.rewriteRuleSets) {
      const conditions = total(rewriteRules, (rule) => rule.conditions.length);
      const changes = total(rewriteRules, changesOf);
      if (conditions > most)
        report(origin, `Rewrite rule set '${name}' has ${conditions} conditions; ${most} is the most.`);
      if (changes > most) report(origin, `Rewrite rule set '${name}' has ${changes} changes; ${most} is the most.`);
    }
  },
});

function changesOf({ requestHeaders, responseHeaders, url }: RewriteRule): number {
  return requestHeaders.length + responseHeaders.length + (url === null ? 0 : 1);
}

function total(rules: readonly RewriteRule[], count: (rule: RewriteRule) => number): number {
  return rules.reduce((sum, rule) => sum + count(rule), 0);
}
