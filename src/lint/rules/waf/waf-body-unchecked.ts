import { policiesOf } from '../../facts/waf-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6007',
  id: 'waf-body-unchecked',
  severity: 'warning',
  category: 'waf',
  title: 'A firewall looks into the bodies of requests',
  why: "With 'requestBodyCheck' off no rule, custom or managed, sees a body: what is posted passes.",
  source:
    'https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-request-size-limits#request-body-inspection',
  check(context) {
    for (const policy of policiesOf(context)) {
      const check = policy.properties.at('policySettings', 'requestBodyCheck');
      if (check.boolean !== false) continue;
      context.report(check, `Firewall policy '${policy.name}' does not look into bodies ('requestBodyCheck': false).`);
    }
  },
});
