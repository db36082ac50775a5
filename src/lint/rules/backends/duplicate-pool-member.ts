import type { BackendAddress } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2043',
  id: 'duplicate-pool-member',
  severity: 'info',
  category: 'backends',
  title: 'A server stands once in a pool',
  why: 'Requests go to the members in turn; whether the same address twice counts twice is for nobody to rely on.',
  source: 'https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works',
  check({ gateway, report }) {
    for (const pool of gateway.backendAddressPools) {
      const seen = new Map<string, BackendAddress>();
      for (const member of pool.members) {
        const key = member.address.toLowerCase();
        const first = seen.get(key);
        if (first === undefined) seen.set(key, member);
        else {
          report(member.origin, `Backend pool '${pool.name}' lists '${member.address}' twice.`, {
            related: [{ message: 'It stands here first.', place: first.origin }],
          });
        }
      }
    }
  },
});
