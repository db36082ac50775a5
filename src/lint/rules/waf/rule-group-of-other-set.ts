import { declaredPolicies, ruleSetsOf } from '../../facts/waf-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5134',
  id: 'rule-group-of-other-set',
  severity: 'error',
  category: 'waf',
  title: 'Overrides name rule groups of their rule set',
  why: "The default rule set of application gateways calls its groups 'SQLI' and 'XSS', OWASP calls them 'REQUEST-942-APPLICATION-ATTACK-SQLI', and Front Door differs again; Azure refuses a group that the set does not have.",
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/24160',
  azureMessage: "RuleGroup '{group}' cannot be configured for rule set `{type}` version `{version}`",
  check(context) {
    for (const policy of declaredPolicies(context)) {
      for (const { type, version, overrides } of ruleSetsOf(policy)) {
        if (type.toUpperCase() !== 'MICROSOFT_DEFAULTRULESET') continue;
        for (const group of overrides.map((override) => override.member('ruleGroupName'))) {
          const short = /^(?:REQUEST-\d+-)?(?:APPLICATION-ATTACK-)?(.+)$/i.exec(group.text ?? '')?.[1];
          if (short === undefined || short === group.text) continue;
          const message = `Policy '${policy.name}' overrides rules of the group '${group.text}', which ${type} ${version} does not have; there it is '${short}'.`;
          context.report(group, message, { azureValues: { group: group.text ?? '', type, version } });
        }
      }
    }
  },
});
