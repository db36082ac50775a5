import { inlineFirewall, policiesOf, ruleSetsOf } from '../../facts/waf-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6004',
  id: 'waf-old-rule-set',
  severity: 'info',
  category: 'waf',
  title: 'A firewall has a current rule set',
  why: 'CRS 3.1 and older run on the old engine: fewer rules, lower limits, no anomaly scores by rule.',
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules',
  sameAs: ['AZR-000067', 'AZR-000304'],
  check(context) {
    const { gateway, report } = context;
    const inline = inlineFirewall(context)?.member('ruleSetVersion');
    if (inline?.text !== undefined && gateway.firewallPolicyId === null && isOld(inline.text)) {
      report(inline, `The firewall of gateway '${gateway.name}' has OWASP ${inline.text}; take 3.2.`);
    }
    for (const policy of policiesOf(context)) {
      for (const { type, version, place } of ruleSetsOf(policy)) {
        if (type.toUpperCase() !== 'OWASP' || !isOld(version)) continue;
        report(
          place,
          `Firewall policy '${policy.name}' has OWASP ${version}; take 3.2 or Microsoft_DefaultRuleSet 2.1.`,
        );
      }
    }
  },
});

function isOld(version: string): boolean {
  return /^(2\.|3\.[01]$)/.test(version);
}
