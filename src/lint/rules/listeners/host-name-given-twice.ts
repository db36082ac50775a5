import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5033',
  id: 'host-name-given-twice',
  severity: 'error',
  category: 'listeners',
  title: "A listener has 'hostName' or 'hostNames', not both",
  why: 'Azure refuses a listener with both.',
  source: 'https://learn.microsoft.com/azure/application-gateway/multiple-site-overview',
  check({ gateway, raw, report }) {
    for (const listener of gateway.httpListeners) {
      const properties = raw(listener.origin, 'properties');
      const one = properties.member('hostName');
      const several = properties.member('hostNames');
      if (!one.text || several.items().length === 0) continue;
      report(
        several,
        `Listener '${listener.name}' has both 'hostName' ('${one.text}') and 'hostNames'; keep one of them.`,
        {
          related: [{ message: "'hostName' is here.", place: one }],
        },
      );
    }
  },
});
