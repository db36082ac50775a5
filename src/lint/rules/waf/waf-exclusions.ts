import { counted } from '../../facts/names.ts';
import { policiesOf } from '../../facts/waf-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6006',
  id: 'waf-exclusions',
  severity: 'info',
  category: 'waf',
  title: 'Exclusions of a firewall name the rules they are for',
  why: 'An exclusion without rule sets takes its field out of all rules.',
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-configuration',
  sameAs: ['AZR-000303'],
  check(context) {
    for (const policy of policiesOf(context)) {
      const exclusions = policy.properties.at('managedRules', 'exclusions');
      const wide = exclusions.items().filter((one) => one.member('exclusionManagedRuleSets').items().length === 0);
      if (wide.length === 0) continue;
      context.report(
        exclusions,
        `Firewall policy '${policy.name}' has ${counted(wide.length, 'exclusion')} for all rules; name the rules with 'exclusionManagedRuleSets'.`,
        { basedOn: [...wide, ...wide.map((one) => one.member('exclusionManagedRuleSets'))] },
      );
    }
  },
});
