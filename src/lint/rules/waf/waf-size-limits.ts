import { hasOldEngine } from '../../facts/waf-policy.ts';
import { definePolicyRule } from '../../rule.ts';

/** The most that the engines take: that of CRS 3.1 and older, and that of CRS 3.2 and DRS. */
const limits = [
  { member: 'maxRequestBodySizeInKb', old: 128, current: 2000, unit: 'KB' },
  { member: 'fileUploadLimitInMb', old: 750, current: 4000, unit: 'MB' },
  { member: 'requestBodyInspectLimitInKB', old: 128, current: 2000, unit: 'KB' },
] as const;

export const rule = definePolicyRule({
  code: 'AGW5135',
  id: 'waf-size-limits',
  severity: 'error',
  category: 'waf',
  title: 'The size limits of a firewall are ones that its engine takes',
  why: 'CRS 3.1 and older inspect bodies of up to 128 KB and files of up to 750 MB, CRS 3.2 and DRS 2000 KB and 4000 MB.',
  source:
    'https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-request-size-limits#limits',
  check({ policy, report }) {
    const isOld = hasOldEngine(policy);
    for (const { member, old, current, unit } of limits) {
      const given = policy.properties.at('policySettings', member);
      const most = isOld ? old : current;
      if (given.integer === undefined || given.integer <= most) continue;
      const engine = isOld ? 'CRS 3.1 and older' : 'CRS 3.2 and DRS';
      const message = `'${member}' of firewall policy '${policy.name}' is ${given.integer} ${unit}; ${engine} take up to ${most}.`;
      report(given, message);
    }
  },
});
