import type { HttpListener, RequestRoutingRule } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5041',
  id: 'listener-used-twice',
  severity: 'error',
  category: 'routing-rules',
  title: 'A listener belongs to one rule',
  why: 'With two rules for one listener there would be no telling which of them applies.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-components#request-routing-rules',
  azureCode: 'ApplicationGatewayRequestRoutingRulesUsingSameHttpListener',
  azureMessage:
    'Two Request Routing Rules of Application Gateway {gateway} are using the same Http Listener {listener}.',
  check({ gateway, raw, report }) {
    const users = new Map<HttpListener, RequestRoutingRule>();
    for (const rule of gateway.requestRoutingRules) {
      if (rule.httpListener === null) continue;
      const first = users.get(rule.httpListener);
      if (first === undefined) users.set(rule.httpListener, rule);
      else {
        const message = `Rules '${first.name}' and '${rule.name}' both use listener '${rule.httpListener.name}'; to send its requests to several pools, use a path map.`;
        report(raw(rule.origin, 'properties', 'httpListener'), message, {
          azureValues: { listener: rule.httpListener.id },
          related: [{ message: `Rule '${first.name}' is here.`, place: first.origin }],
        });
      }
    }
  },
});
