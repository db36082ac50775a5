import { ruleGroupsOf, sameGroupIn } from '../../facts/rule-groups.ts';
import { ruleSetsOf } from '../../facts/waf-policy.ts';
import type { Raw } from '../../raw.ts';
import { definePolicyRule } from '../../rule.ts';

export const rule = definePolicyRule({
  code: 'AGW5134',
  id: 'rule-group-of-other-set',
  severity: 'error',
  category: 'waf',
  title: 'Overrides name rule groups of their rule set',
  why: "The default rule set of application gateways calls its groups 'SQLI' and 'XSS', OWASP calls them 'REQUEST-942-APPLICATION-ATTACK-SQLI', and Front Door differs again; Azure refuses a group that the set does not have, to the letter.",
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/24160',
  azureMessage: "RuleGroup '{group}' cannot be configured for rule set `{type}` version `{version}`",
  check({ policy, report }) {
    for (const { type, version, overrides } of ruleSetsOf(policy)) {
      const groups = ruleGroupsOf(type, version);
      for (const { text, place } of overrides.map(groupNameOf)) {
        if (groups === undefined || text === undefined || groups.includes(text)) continue;
        const there = sameGroupIn(groups, text);
        const instead = there === undefined ? `it has ${groups.join(', ')}` : `there it is '${there}'`;
        const message = `Policy '${policy.name}' overrides rules of the group '${text}', which ${type} ${version} does not have; ${instead}.`;
        report(place, message, { azureValues: { group: text, type, version } });
      }
    }
  },
});

function groupNameOf(override: Raw): { readonly text: string | undefined; readonly place: Raw } {
  const place = override.member('ruleGroupName');
  return { text: place.text, place };
}
