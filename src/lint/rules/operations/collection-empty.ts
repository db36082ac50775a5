import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

/** What every gateway has, each by one of these names. The subnet has a rule of its own, with Azure's code. */
const needed: readonly (readonly string[])[] = [
  ['frontendIPConfigurations'],
  ['frontendPorts'],
  ['httpListeners', 'listeners'],
  ['requestRoutingRules', 'routingRules'],
];

export const rule = defineRule({
  code: 'AGW5029',
  id: 'collection-empty',
  severity: 'error',
  category: 'operations',
  title: 'A gateway has an address, a port, a listener and a rule',
  why: 'Azure takes no gateway that nobody can reach; to one without any of these it answers "An error occurred".',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-components',
  check({ gateway, raw, report }) {
    const properties = raw(gateway.origin, 'properties');
    const isEmpty = (collection: Raw) => !collection.isUncertain && collection.items().length === 0;
    const missing = needed.filter((names) => names.every((name) => isEmpty(properties.member(name))));
    const [[first] = []] = missing;
    if (first === undefined) return;
    const names = missing.map(([name]) => `'${name}'`).join(', ');
    report(properties.member(first), `Gateway '${gateway.name}' has no ${names}; Azure needs one of each.`);
  },
});
