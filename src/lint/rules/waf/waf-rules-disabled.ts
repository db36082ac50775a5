import { inlineFirewall, policiesOf, ruleSetsOf } from '../../facts/waf-policy.ts';
import { defineRule } from '../../rule.ts';

/** The rules that stop Log4Shell (CVE-2021-44228). */
const log4Shell = '944240';

export const rule = defineRule({
  code: 'AGW6005',
  id: 'waf-rules-disabled',
  severity: 'info',
  category: 'waf',
  title: 'The rules of a firewall are on',
  why: 'A rule that is off lets through what it was written against; an exclusion for one parameter often does.',
  source:
    'https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-customize-waf-rules-portal',
  sameAs: ['AZR-000068', 'CKV_AZURE_135'],
  check(context) {
    const { gateway, report } = context;
    const groups =
      gateway.firewallPolicyId === null ? inlineFirewall(context)?.member('disabledRuleGroups').items() : [];
    for (const group of groups ?? []) {
      const rules = group
        .member('rules')
        .items()
        .map((rule) => String(rule.integer ?? rule.text ?? ''));
      const name = group.member('ruleGroupName').text ?? '';
      const what = rules.length === 0 ? `rule group '${name}'` : `${rulesText(rules)} of '${name}'`;
      report(group, `The firewall of gateway '${gateway.name}' has ${what} off${noteOn(rules)}.`);
    }
    for (const policy of policiesOf(context)) {
      for (const group of ruleSetsOf(policy).flatMap(({ overrides }) => overrides)) {
        // Disabled is what an override without a state means.
        const off = group
          .member('rules')
          .items()
          .filter((rule) => rule.member('state').text?.toLowerCase() !== 'enabled' && !rule.member('action').isGiven);
        const rules = off.map((rule) => rule.member('ruleId').text ?? '');
        if (rules.length === 0) continue;
        report(
          group,
          `Firewall policy '${policy.name}' has ${rulesText(rules)} of '${group.member('ruleGroupName').text ?? ''}' off${noteOn(rules)}.`,
        );
      }
    }
  },
});

function rulesText(rules: readonly string[]): string {
  return `${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}`;
}

function noteOn(rules: readonly string[]): string {
  return rules.includes(log4Shell) ? `; ${log4Shell} is the one against Log4Shell` : '';
}
