import { definePolicyRule } from '../../rule.ts';

const azureMessage =
  "Custom Rule '{name}' action 'Allow' is not valid for rule type 'RateLimitRule' in context 'properties.customRules[{index}]'.";

export const rule = definePolicyRule({
  code: 'AGW5131',
  id: 'rate-limit-rule-invalid',
  severity: 'error',
  category: 'waf',
  title: 'A rate limit blocks or logs, by a threshold',
  why: "A rule of type 'RateLimitRule' cannot allow, and needs a threshold and what to count by.",
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/pull/28987',
  azureCode: 'ApplicationGatewayFirewallCustomRuleInvalidAction',
  azureMessage,
  check({ policy, report }) {
    for (const [index, custom] of policy.properties.member('customRules').items().entries()) {
      if (custom.member('ruleType').text?.toLowerCase() !== 'ratelimitrule') continue;
      const name = `Rate limit '${custom.member('name').text ?? ''}' of policy '${policy.name}'`;
      const action = custom.member('action');
      if (action.text?.toLowerCase() === 'allow')
        report(action, `${name} has the action 'Allow'; 'Block' and 'Log' are possible.`, {
          azureValues: { name: custom.member('name').text ?? '', index: String(index) },
        });
      const missing = ['rateLimitDuration', 'rateLimitThreshold'].filter((member) => !custom.member(member).isGiven);
      if (missing.length > 0) report(custom, `${name} has no ${missing.map((member) => `'${member}'`).join(' and ')}.`);
    }
  },
});
