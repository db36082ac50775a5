import { defineRule } from '../../rule.ts';

const references = ['listener', 'backendAddressPool', 'backendSettings'] as const;

export const rule = defineRule({
  code: 'AGW5048',
  id: 'layer-4-rule-incomplete',
  severity: 'error',
  category: 'routing-rules',
  title: 'A layer-4 rule names a listener, a pool and settings',
  why: "The 'routingRules' of a gateway connect a listener with a pool; there are no redirects and no path maps.",
  source: 'https://learn.microsoft.com/azure/application-gateway/tcp-tls-proxy-overview',
  check({ gateway, raw, report }) {
    for (const rule of raw(gateway.origin, 'properties', 'routingRules').items()) {
      const missing = references.filter((member) => !rule.at('properties', member).isGiven);
      if (missing.length === 0) continue;
      const names = missing.map((member) => `'${member}'`).join(' and ');
      report(rule, `Layer-4 rule '${rule.member('name').text ?? ''}' has no ${names}.`);
    }
  },
});
