import { describeOwner, targetMembers, targetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2026',
  id: 'rewrite-on-redirect',
  severity: 'warning',
  category: 'rewrites',
  title: 'A redirect has no rewrite rule set',
  why: 'Rewrites do not run for requests that are answered by a redirect.',
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#limitations',
  check({ gateway, raw, report }) {
    for (const owner of targetsOf(gateway)) {
      if (owner.target.kind !== 'redirect') continue;
      const given = raw(owner.owner.origin, 'properties', targetMembers[owner.kind].rewrite);
      if (given.isGiven) report(given, `${describeOwner(owner)} redirects; its rewrite rule set never runs.`);
    }
  },
});
