import { counted } from '../../facts/names.ts';
import { sslPoliciesOf } from '../../facts/tls-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6012',
  id: 'weak-cipher-suites',
  severity: 'info',
  category: 'tls',
  title: 'Cipher suites have forward secrecy and authenticated encryption',
  why: 'Suites without ECDHE let a stolen key open recorded traffic, and those with CBC or 3DES have known weaknesses.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview',
  check({ gateway, raw, report }) {
    for (const { policy, label } of sslPoliciesOf(gateway)) {
      const weak = policy.cipherSuites.filter((suite) => !/^TLS_ECDHE_\w+_GCM_/.test(suite));
      const [first] = weak;
      if (first === undefined) continue;
      const more = weak.length === 1 ? '' : ` and ${counted(weak.length - 1, 'other')}`;
      report(
        raw(policy.origin, 'cipherSuites'),
        `The TLS policy of ${label} offers the weak suite ${first}${more}; ECDHE suites with GCM are enough.`,
      );
    }
  },
});
