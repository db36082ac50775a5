import type { AdvancedRoutingRule } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5046',
  id: 'advanced-rule-priority',
  severity: 'error',
  category: 'routing-rules',
  title: 'The rules of an advanced routing map have priorities of their own',
  why: 'The rule with the lowest number that fits takes the request; Azure refuses the same number twice in a map.',
  source: 'https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways',
  check({ gateway, raw, report }) {
    for (const map of gateway.advancedRoutingMaps) {
      const seen = new Map<number, AdvancedRoutingRule>();
      for (const rule of map.advancedRoutingRules) {
        if (rule.priority === null) continue;
        const first = seen.get(rule.priority);
        if (first === undefined) {
          seen.set(rule.priority, rule);
          continue;
        }
        const message = `Rules '${first.name}' and '${rule.name}' of advanced routing map '${map.name}' both have priority ${rule.priority}.`;
        report(raw(rule.origin, 'properties', 'priority'), message, {
          related: [{ message: `Rule '${first.name}' is here.`, place: raw(first.origin, 'properties', 'priority') }],
        });
      }
    }
  },
});
