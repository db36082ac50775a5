import type { Raw } from '../../raw.ts';
import { definePolicyRule } from '../../rule.ts';

export const rule = definePolicyRule({
  code: 'AGW5130',
  id: 'custom-rule-priority-invalid',
  severity: 'error',
  category: 'waf',
  title: 'Custom rules have priorities of their own from 1 to 100',
  why: 'Azure refuses other priorities, and the same one twice.',
  source: 'https://github.com/Azure/azure-cli/issues/27718',
  azureCode: 'ApplicationGatewayFirewallCustomRuleInvalidPriority',
  azureMessage: "Custom Rule '{name}' does not have valid priority in context 'properties.customRules[{index}]'.",
  check({ policy, report }) {
    const seen = new Map<number, Raw>();
    for (const [index, custom] of policy.properties.member('customRules').items().entries()) {
      const priority = custom.member('priority');
      const name = custom.member('name').text ?? '';
      if (priority.integer === undefined) continue;
      const first = seen.get(priority.integer);
      if (priority.integer < 1 || priority.integer > 100) {
        report(
          priority,
          `Custom rule '${name}' of policy '${policy.name}' has priority ${priority.integer}; it goes from 1 to 100.`,
          { azureValues: { name, index: String(index) } },
        );
      } else if (first !== undefined) {
        report(
          priority,
          `Custom rule '${name}' of policy '${policy.name}' has priority ${priority.integer}, as another one has.`,
          {
            azureValues: { name, index: String(index) },
            related: [{ message: 'The other one is here.', place: first }],
          },
        );
      }
      seen.set(priority.integer, first ?? priority);
    }
  },
});
