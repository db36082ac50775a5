import { sameName } from '../../../base/case-insensitive-map.ts';
import { defineRule } from '../../rule.ts';

const mandatory = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';

export const rule = defineRule({
  code: 'AGW2072',
  id: 'v1-custom-policy-suite',
  severity: 'warning',
  category: 'tls',
  appliesTo: 'v1',
  title: `A custom TLS policy of v1 lists ${mandatory}`,
  why: 'Metrics and logs of a v1 gateway do not work without this suite.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview#custom-tls-policy',
  check({ gateway, raw, report }) {
    const { sslPolicy } = gateway;
    if (sslPolicy?.policyType !== 'Custom' || sslPolicy.cipherSuites.length === 0) return;
    if (sslPolicy.cipherSuites.some((suite) => sameName(suite, mandatory))) return;
    report(
      raw(sslPolicy.origin, 'cipherSuites'),
      `The TLS policy of gateway '${gateway.name}' lacks ${mandatory}, which metrics and logs of v1 need.`,
    );
  },
});
