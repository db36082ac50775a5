import type { RequestRoutingRule } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5043',
  id: 'rule-priority-duplicate',
  severity: 'error',
  category: 'routing-rules',
  appliesTo: 'v2',
  title: 'Each priority is given once',
  why: 'Azure refuses two rules with the same priority.',
  source: 'https://github.com/Azure/application-gateway-kubernetes-ingress/issues/1487',
  azureMessage: 'Priority must be unique across all the request routing rules',
  check({ gateway, raw, report }) {
    const seen = new Map<number, RequestRoutingRule>();
    for (const rule of gateway.requestRoutingRules) {
      if (rule.priority === null) continue;
      const first = seen.get(rule.priority);
      if (first === undefined) seen.set(rule.priority, rule);
      else {
        const place = raw(rule.origin, 'properties', 'priority');
        report(place, `Rules '${first.name}' and '${rule.name}' both have priority ${rule.priority}.`, {
          related: [{ message: `Rule '${first.name}' is here.`, place: raw(first.origin, 'properties', 'priority') }],
        });
      }
    }
  },
});
