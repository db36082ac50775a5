import { describeRewriteRule, rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5090',
  id: 'rewrite-without-action',
  severity: 'error',
  category: 'rewrites',
  title: 'A rewrite rule has an action',
  why: "Azure refuses a rewrite rule without 'actionSet' or with an empty one.",
  source: 'https://github.com/Azure/azure-cli/issues/17373',
  azureCode: 'ApplicationGatewayRewriteRuleSetActionSetInRewriteRuleCannotBeEmpty',
  azureMessage: 'ActionSet is a required field in a RewriteRule.',
  check({ gateway, raw, report }) {
    for (const placed of rewriteRulesOf(gateway)) {
      const { rule } = placed;
      if (rule.requestHeaders.length > 0 || rule.responseHeaders.length > 0 || rule.url !== null) continue;
      report(
        rule.origin,
        `${describeRewriteRule(placed)} changes nothing; its 'actionSet' needs a header or URL configuration.`,
        {
          basedOn: [
            raw(rule.origin, 'actionSet'),
            ...raw(rule.origin, 'actionSet')
              .members()
              .map(([, member]) => member),
          ],
        },
      );
    }
  },
});
