import { contains, parseIpv4, parseIpv4Range } from '../../facts/ipv4.ts';
import { backendTargetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

const publicLimit = 240;
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].flatMap(
  (range) => parseIpv4Range(range) ?? [],
);

export const rule = defineRule({
  code: 'AGW2046',
  id: 'timeout-beyond-public-limit',
  severity: 'info',
  category: 'backends',
  title: 'Public backends answer within four minutes',
  why: 'Azure ends connections to addresses outside of the virtual network after four minutes without traffic, whatever the request timeout says.',
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits',
  check({ gateway, raw, report }) {
    const reported = new Set<unknown>();
    for (const { target } of backendTargetsOf(gateway)) {
      const { backendAddressPool: pool, backendHttpSettings: settings } = target;
      if (!pool || !settings || settings.requestTimeoutSeconds <= publicLimit || reported.has(settings)) continue;
      const member = pool.members.find(({ address }) => isPublic(address));
      if (member === undefined) continue;
      reported.add(settings);
      const place = raw(settings.origin, 'properties', 'requestTimeout');
      report(
        place,
        `Backend settings '${settings.name}' wait ${settings.requestTimeoutSeconds} s, but ${member.address} (pool '${pool.name}') is public: ${publicLimit} s is the most there.`,
      );
    }
  },
});

/** Names may be private ones; only addresses tell. */
function isPublic(address: string): boolean {
  const number = parseIpv4(address);
  return number !== undefined && !privateRanges.some((range) => contains(range, number));
}
