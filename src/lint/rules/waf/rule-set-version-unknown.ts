import { ruleSetsOf } from '../../facts/waf-policy.ts';
import { definePolicyRule } from '../../rule.ts';

/** https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules */
const versions: Readonly<Record<string, readonly string[]>> = {
  OWASP: ['3.0', '3.1', '3.2'],
  MICROSOFT_DEFAULTRULESET: ['2.1', '2.2'],
  MICROSOFT_BOTMANAGERRULESET: ['0.1', '1.0', '1.1'],
  MICROSOFT_HTTPDDOSRULESET: ['1.0'],
};

export const rule = definePolicyRule({
  code: 'AGW5132',
  id: 'rule-set-version-unknown',
  severity: 'error',
  category: 'waf',
  title: 'A managed rule set exists in the version that is asked for',
  why: 'Azure refuses versions that it does not have on application gateways.',
  source: 'https://github.com/Azure/azure-cli/issues/29158',
  azureCode: 'ApplicationGatewayFirewallUnknownRuleSetVersion',
  azureMessage: "RuleSetVersion '{version}' is unsupported for specified RuleSetType '{type}'",
  check({ policy, report }) {
    for (const { type, version, place } of ruleSetsOf(policy)) {
      const known = versions[type.toUpperCase()];
      if (known === undefined || version === '' || known.includes(version)) continue;
      report(
        place,
        `Policy '${policy.name}' asks for version '${version}' of '${type}'; there are ${known.join(', ')}.`,
        { azureValues: { version, type } },
      );
    }
  },
});
