import { inlineFirewall, policiesOf } from '../../facts/waf-policy.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6003',
  id: 'waf-detection-mode',
  severity: 'info',
  category: 'waf',
  title: 'A firewall prevents',
  why: 'In Detection mode, the default, attacks are logged and pass.',
  source: 'https://learn.microsoft.com/azure/web-application-firewall/ag/policy-overview#mode',
  sameAs: ['AZR-000065', 'AZR-000302', 'CKV_AZURE_122'],
  check(context) {
    const { gateway, report } = context;
    const inline = inlineFirewall(context);
    const inlineMode = inline?.member('firewallMode');
    const isOn = inline?.member('enabled').boolean === true && gateway.firewallPolicyId === null;
    if (isOn && inlineMode?.text?.toLowerCase() === 'detection') {
      report(inlineMode, `The firewall of gateway '${gateway.name}' only detects; 'Prevention' blocks.`);
    }
    for (const policy of policiesOf(context)) {
      const settings = policy.properties.member('policySettings');
      const mode = settings.member('mode');
      if (settings.member('state').text?.toLowerCase() === 'disabled' || mode.text?.toLowerCase() === 'prevention')
        continue;
      const found = mode.isGiven ? 'only detects' : "says no 'mode' and only detects";
      report(mode, `Firewall policy '${policy.name}' ${found}; 'Prevention' blocks.`, {
        basedOn: [settings.member('state')],
      });
    }
  },
});
