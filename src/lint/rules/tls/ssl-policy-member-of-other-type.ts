import { upperFirst } from '../../facts/names.ts';
import { sslPoliciesOf } from '../../facts/tls-policy.ts';
import { defineRule } from '../../rule.ts';

const foreign = {
  Predefined: ['minProtocolVersion', 'cipherSuites'],
  Custom: ['policyName'],
  CustomV2: ['policyName'],
} as const;

export const rule = defineRule({
  code: 'AGW5101',
  id: 'ssl-policy-member-of-other-type',
  severity: 'error',
  category: 'tls',
  title: 'A TLS policy has only what its type takes',
  why: 'A predefined policy is a name, a custom one a minimum version and cipher suites.',
  source: 'https://github.com/Azure/PSRule.Rules.Azure/issues/2063',
  azureCode: 'ApplicationGatewaySslPolicyPropertyNotSupportedForPolicyType',
  azureMessage:
    "Specified PolicyType '{type}' does not support property '{property}' for 'SslPolicy' for Application Gateway {gateway}",
  check({ gateway, raw, report }) {
    for (const { policy, label } of sslPoliciesOf(gateway)) {
      if (policy.policyType === null) continue;
      for (const member of foreign[policy.policyType]) {
        const given = raw(policy.origin, member);
        // Answers of Azure list no suites and no protocols as empty arrays.
        if (!given.isGiven || (given.value?.kind === 'Array' && given.items().length === 0) || given.text === '')
          continue;
        report(given, `The TLS policy of ${label} is '${policy.policyType}' and cannot have '${member}'.`, {
          azureValues: { type: policy.policyType, property: upperFirst(member) },
        });
      }
    }
  },
});
