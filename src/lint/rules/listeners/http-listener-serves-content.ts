import { describeEndpoint } from '../../facts/listener-places.ts';
import { targetsOfRule } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6010',
  id: 'http-listener-serves-content',
  severity: 'info',
  category: 'listeners',
  title: 'A plain HTTP listener only redirects to HTTPS',
  why: 'What goes over plain HTTP can be read and changed on its way.',
  source: 'https://learn.microsoft.com/azure/application-gateway/redirect-http-to-https-portal',
  sameAs: ['AZR-000059', 'CKV_AZURE_217'],
  check({ gateway, raw, report }) {
    for (const rule of gateway.requestRoutingRules) {
      const listener = rule.httpListener;
      if (listener?.protocol !== 'Http') continue;
      if (!targetsOfRule(rule).some(({ target }) => target.kind === 'backend')) continue;
      const place = raw(listener.origin, 'properties', 'protocol');
      report(
        place.isGiven ? place : listener.origin,
        `Listener '${listener.name}' serves plain HTTP on ${describeEndpoint(listener)}; let it redirect to an Https listener.`,
      );
    }
  },
});
