import { lowerFirst } from '../../facts/names.ts';
import { describeOwner, servedBackendTargetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2040',
  id: 'empty-pool',
  severity: 'warning',
  category: 'backends',
  title: 'Pools that rules send to have members',
  why: 'A pool without members answers every request with 502.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/application-gateway/application-gateway-troubleshooting-502',
  sameAs: ['azqr 2f3a4b5c-6d7e-8f9a-0b1c-2d3e4f5a6b7c'],
  check({ gateway, raw, report }) {
    const reported = new Set<unknown>();
    for (const owner of servedBackendTargetsOf(gateway)) {
      const pool = owner.target.backendAddressPool;
      if (pool === null || pool.members.length > 0 || reported.has(pool)) continue;
      const properties = raw(pool.origin, 'properties');
      // What Azure answers names the interfaces that joined; a deployment that is split names the pool elsewhere.
      if (properties.member('backendIPConfigurations').items().length > 0) continue;
      // What is no address has been reported, and was meant to be one.
      if (properties.member('backendAddresses').items().length > 0) continue;
      reported.add(pool);
      report(
        pool.origin,
        `Backend pool '${pool.name}' has no members; ${lowerFirst(describeOwner(owner))} sends requests to it, and they end in 502.`,
        {
          related: [{ message: `${describeOwner(owner)} is here.`, place: owner.owner.origin }],
          basedOn: [properties.member('backendAddresses')],
          hint: 'If something joins the pool later, such as a scale set or an ingress controller, ignore this finding with that reason.',
        },
      );
    }
  },
});
