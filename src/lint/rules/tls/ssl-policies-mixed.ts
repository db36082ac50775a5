import { isPolicyOf2022, policyMembers, sslPoliciesOf } from '../../facts/tls-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5104',
  id: 'ssl-policies-mixed',
  severity: 'error',
  category: 'tls',
  title: 'The TLS policies of a gateway are of one generation',
  why: "The policies of 2022 and 'CustomV2' need v2, and cannot stand beside older ones on one gateway.",
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview',
  check({ gateway, raw, report }) {
    const policies = sslPoliciesOf(gateway).filter(({ policy }) => policy.policyType !== null);
    const newer = policies.filter(({ policy }) => isPolicyOf2022(policy));
    if (gateway.sku.generation === 'v1') {
      for (const { policy, label } of newer) {
        report(
          policy.origin,
          `The TLS policy of ${label} ('${policy.policyName ?? policy.policyType}') needs a v2 SKU; '${gateway.sku.name}' is v1.`,
        );
      }
      return;
    }
    const older = policies.find(({ policy }) => !isPolicyOf2022(policy));
    const [first] = newer;
    if (older === undefined || first === undefined) return;
    report(
      older.policy.origin,
      `The TLS policy of ${older.label} is of the older generation, that of ${first.label} of the one of 2022; use one generation for all.`,
      {
        related: [{ message: `The TLS policy of ${first.label} is here.`, place: first.policy.origin }],
        basedOn: [older, first].flatMap(({ policy }) => policyMembers(raw, policy)),
      },
    );
  },
});
