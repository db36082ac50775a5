import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6030',
  id: 'priorities-without-gaps',
  severity: 'info',
  category: 'routing-rules',
  appliesTo: 'v2',
  title: 'Priorities leave room for rules to come',
  why: 'To put a rule between two others all that follow have to be numbered anew when the numbers are next to each other.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/multiple-site-overview#request-routing-rules-evaluation-order',
  check({ gateway, raw, report }) {
    const rules = gateway.requestRoutingRules
      .flatMap((rule) => (rule.priority === null ? [] : [{ rule, priority: rule.priority }]))
      .toSorted((a, b) => a.priority - b.priority);
    const [first] = rules;
    if (first === undefined || rules.length < 3) return;
    if (rules.some(({ priority }, index) => priority !== first.priority + index)) return;
    const last = first.priority + rules.length - 1;
    report(
      raw(first.rule.origin, 'properties', 'priority'),
      `The rules of gateway '${gateway.name}' have the priorities ${first.priority} to ${last} without a gap; steps of 10 leave room.`,
    );
  },
});
