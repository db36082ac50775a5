import type { TargetOwner } from '../../facts/route-targets.ts';
import { describeOwner, targetMembers, targetsOf } from '../../facts/route-targets.ts';
import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5047',
  id: 'advanced-target-missing',
  severity: 'error',
  category: 'routing-rules',
  title: 'An advanced routing map and each of its rules say where requests go',
  why: 'What fits needs a pool with settings, or a redirect, and so does what fits no rule.',
  source: 'https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways',
  check({ gateway, raw, report }) {
    for (const owner of targetsOf(gateway)) {
      if (owner.kind !== 'advancedDefault' && owner.kind !== 'advancedRule') continue;
      const missing = missingMembers(owner, raw(owner.owner.origin, 'properties'));
      if (missing.length === 0) continue;
      const names = missing.map((member) => `'${member}'`).join(' and ');
      const { redirect } = targetMembers[owner.kind];
      report(owner.owner.origin, `${describeOwner(owner)} has no ${names}; set both, or '${redirect}'.`);
    }
  },
});

function missingMembers({ kind }: TargetOwner, properties: Raw): readonly string[] {
  const { pool, policy, settings, redirect } = targetMembers[kind];
  const has = (member: string) => properties.member(member).isGiven;
  if (has(redirect)) return [];
  return [...(has(pool) || has(policy) ? [] : [pool]), ...(has(settings) ? [] : [settings])];
}
