import { hasOldEngine } from '../../facts/waf-policy.ts';
import type { Raw } from '../../raw.ts';
import { definePolicyRule } from '../../rule.ts';

export const rule = definePolicyRule({
  code: 'AGW5136',
  id: 'waf-too-many',
  severity: 'error',
  category: 'waf',
  title: 'A firewall policy has no more rules, values and exclusions than Azure allows',
  why: 'A policy has up to 100 custom rules and 200 exclusions (40 with CRS 3.1 and older), a condition up to 10 values or 600 address ranges (540).',
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits',
  check({ policy, report }) {
    const isOld = hasOldEngine(policy);
    const reportOver = (list: Raw, most: number, what: string) => {
      const count = list.items().length;
      if (count > most) report(list, `Firewall policy '${policy.name}' has ${count} ${what}; ${most} is the most.`);
    };
    const customRules = policy.properties.member('customRules');
    reportOver(customRules, 100, 'custom rules');
    reportOver(policy.properties.at('managedRules', 'exclusions'), isOld ? 40 : 200, 'exclusions');
    for (const custom of customRules.items()) {
      const name = custom.member('name').text ?? '';
      for (const condition of custom.member('matchConditions').items()) {
        const isRanges = condition.member('operator').text?.toLowerCase() === 'ipmatch';
        const what = isRanges ? 'address ranges' : 'values';
        const most = isRanges ? (isOld ? 540 : 600) : 10;
        reportOver(condition.member('matchValues'), most, `${what} in a condition of rule '${name}'`);
      }
    }
  },
});
