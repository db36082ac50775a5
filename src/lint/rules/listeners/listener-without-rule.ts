import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2004',
  id: 'listener-without-rule',
  severity: 'warning',
  category: 'listeners',
  title: 'Every listener needs a request routing rule',
  why: 'A listener that no rule uses has nowhere to send its requests; Azure does not even accept connections for it.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-request-routing-rules',
  check({ gateway, raw, report }) {
    // A rule whose listener does not exist has been reported; it may be meant for any of them.
    const isUncertain = gateway.requestRoutingRules.some(
      (rule) => rule.httpListener === null && raw(rule.origin, 'properties', 'httpListener').isGiven,
    );
    if (isUncertain) return;
    const used = new Set(gateway.requestRoutingRules.map((rule) => rule.httpListener));
    for (const listener of gateway.httpListeners) {
      if (used.has(listener)) continue;
      report(listener.origin, `Listener '${listener.name}' has no request routing rule; its requests go nowhere.`, {
        basedOn: [raw(gateway.origin, 'properties', 'requestRoutingRules')],
      });
    }
  },
});
