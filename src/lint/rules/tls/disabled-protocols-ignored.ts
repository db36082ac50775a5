import { sslPoliciesOf } from '../../facts/tls-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2083',
  id: 'disabled-protocols-ignored',
  severity: 'warning',
  category: 'tls',
  title: 'A TLS policy with a type lists no disabled protocols',
  why: "'disabledSslProtocols' is the form from before there were policy types. Beside one it decides nothing, and other tools refuse both together.",
  source: 'https://github.com/Azure/azure-sdk-for-java/pull/36244',
  check({ gateway, raw, report }) {
    for (const { policy, label } of sslPoliciesOf(gateway)) {
      const disabled = raw(policy.origin, 'disabledSslProtocols');
      if (policy.policyType === null || disabled.items().length === 0) continue;
      const instead = policy.policyType === 'Predefined' ? "'policyName' decides" : "'minProtocolVersion' decides";
      report(
        disabled,
        `'disabledSslProtocols' has no effect on the '${policy.policyType}' TLS policy of ${label}; ${instead}.`,
      );
    }
  },
});
