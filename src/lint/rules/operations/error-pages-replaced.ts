import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2061',
  id: 'error-pages-replaced',
  severity: 'info',
  category: 'operations',
  title: 'A listener with error pages has all of them',
  why: "As soon as a listener has one error page of its own, none of the gateway's apply to it.",
  source: 'https://learn.microsoft.com/azure/application-gateway/custom-error',
  check({ gateway, raw, report }) {
    for (const listener of gateway.httpListeners) {
      const own = new Set(listener.customErrorConfigurations.map(({ statusCode }) => statusCode));
      const lost = gateway.customErrorConfigurations.filter(({ statusCode }) => !own.has(statusCode));
      if (own.size === 0 || lost.length === 0) continue;
      const codes = lost.map(({ statusCode }) => statusCode).join(', ');
      const place = raw(listener.origin, 'properties', 'customErrorConfigurations');
      report(
        place,
        `Listener '${listener.name}' has error pages of its own, so the gateway's for ${codes} do not apply to it; list them here too.`,
      );
    }
  },
});
