import { defaultPolicyName, isDeprecated, minimumOfPolicy, minimumTlsVersion } from '../../facts/tls-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6011',
  id: 'weak-tls-on-v1',
  severity: 'warning',
  category: 'tls',
  appliesTo: 'v1',
  title: 'A v1 gateway asks for TLS 1.2',
  why: 'TLS 1.0 and 1.1 are broken and retired; AppGwSslPolicy20170401S is the one predefined policy of v1 without them.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview',
  sameAs: ['AZR-000064', 'CKV_AZURE_218'],
  check({ gateway, report }) {
    if (!gateway.httpListeners.some(({ protocol }) => protocol === 'Https')) return;
    const { sslPolicy } = gateway;
    const name = defaultPolicyName(gateway);
    const minimum = sslPolicy === null ? (name === null ? null : minimumOfPolicy(name)) : minimumTlsVersion(sslPolicy);
    if (!isDeprecated(minimum)) return;
    const found = sslPolicy === null ? "has no 'sslPolicy' and so" : 'has a TLS policy that';
    report(
      sslPolicy?.origin ?? gateway.origin,
      `Gateway '${gateway.name}' ${found} lets ${minimum} in; take 'AppGwSslPolicy20170401S'.`,
    );
  },
});
