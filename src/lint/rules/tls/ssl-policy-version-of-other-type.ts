import { sslPoliciesOf } from '../../facts/tls-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5116',
  id: 'ssl-policy-version-of-other-type',
  severity: 'error',
  category: 'tls',
  title: "TLS 1.3 as a minimum stands in a policy of type 'CustomV2'",
  why: "Policies of type 'Custom' end at TLS 1.2; only 'CustomV2' knows TLS 1.3.",
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview',
  check({ gateway, raw, report }) {
    for (const { policy, label } of sslPoliciesOf(gateway)) {
      if (policy.policyType !== 'Custom' || policy.minProtocolVersion !== 'TLSv1_3') continue;
      report(
        raw(policy.origin, 'minProtocolVersion'),
        `The TLS policy of ${label} is 'Custom' and cannot have 'TLSv1_3' as its minimum; 'CustomV2' can.`,
        { basedOn: [raw(policy.origin, 'policyType')] },
      );
    }
  },
});
