import { policyMembers, sslPoliciesOf } from '../../facts/tls-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5102',
  id: 'ssl-policy-incomplete',
  severity: 'error',
  category: 'tls',
  title: 'A TLS policy has all that its type needs',
  why: 'A predefined policy needs a name, a custom one at least a minimum version and a cipher suite.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview',
  check({ gateway, raw, report }) {
    for (const { policy, label } of sslPoliciesOf(gateway)) {
      const missing: string[] = [];
      if (policy.policyType === 'Predefined' && policy.policyName === null) missing.push('policyName');
      if (policy.policyType === 'Custom' || policy.policyType === 'CustomV2') {
        if (policy.minProtocolVersion === null) missing.push('minProtocolVersion');
        if (policy.cipherSuites.length === 0 && policy.minProtocolVersion !== 'TLSv1_3') missing.push('cipherSuites');
      }
      const [first] = missing;
      if (first === undefined) continue;
      const names = missing.map((member) => `'${member}'`).join(' and ');
      report(policy.origin, `The '${policy.policyType}' TLS policy of ${label} has no ${names}.`, {
        basedOn: policyMembers(raw, policy),
      });
    }
  },
});
