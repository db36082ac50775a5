import { ruleSetsOf } from '../../facts/waf-policy.ts';
import { definePolicyRule } from '../../rule.ts';

export const rule = definePolicyRule({
  code: 'AGW5133',
  id: 'per-rule-action-unsupported',
  severity: 'error',
  category: 'waf',
  title: 'Actions of single rules need CRS 3.2 or DRS',
  why: 'Older rule sets can turn a rule off, but not give it an action.',
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/29195',
  azureCode: 'ApplicationGatewayFirewallPerRuleActionUnsupportedRuleSetVersion',
  azureMessage: "RuleSet Version '{version}' does not support Per Rule Actions for resource {policy}",
  check({ policy, report }) {
    for (const { type, version, overrides } of ruleSetsOf(policy)) {
      if (type.toUpperCase() !== 'OWASP' || !/^(2|3\.[01])/.test(version)) continue;
      for (const rule of overrides.flatMap((group) => group.member('rules').items())) {
        const action = rule.member('action');
        if (!action.isGiven) continue;
        report(
          action,
          `Rule ${rule.member('ruleId').text ?? ''} of policy '${policy.name}' has an action, which OWASP ${version} cannot; use 3.2 or DRS 2.1.`,
          { azureValues: { version, policy: policy.id } },
        );
      }
    }
  },
});
