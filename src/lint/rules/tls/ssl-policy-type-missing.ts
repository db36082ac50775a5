import { policyMembers, sslPoliciesOf } from '../../facts/tls-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5100',
  id: 'ssl-policy-type-missing',
  severity: 'error',
  category: 'tls',
  title: 'A TLS policy says its type',
  why: 'A name, a minimum version or cipher suites mean something only with a type.',
  source: 'https://github.com/Azure/PSRule.Rules.Azure/issues/2063',
  azureCode: 'ApplicationGatewaySslPolicyPropertyPolicyTypeRequired',
  azureMessage: "Property 'PolicyType' is required for 'SslPolicy' for Application Gateway {gateway}",
  check({ gateway, raw, report }) {
    for (const { policy, label } of sslPoliciesOf(gateway)) {
      if (policy.policyType !== null) continue;
      const fitting =
        policy.policyName !== null
          ? 'Predefined'
          : policy.minProtocolVersion !== null || policy.cipherSuites.length > 0
            ? 'Custom'
            : null;
      if (fitting !== null)
        report(policy.origin, `The TLS policy of ${label} has no 'policyType'; what it has belongs to '${fitting}'.`, {
          basedOn: policyMembers(raw, policy),
        });
    }
  },
});
