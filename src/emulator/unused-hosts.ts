import { sameName } from '../base/case-insensitive-map.ts';
import type { Gateway } from '../gateway/model.ts';
import type { Notice } from '../observability/emulator-events.ts';
import type { Hosts } from '../runtime/backends/backend-names.ts';

/**
 * Names that were given addresses and are those of no member: misspelt, or names of targets, which the system looks up.
 * One configuration may serve several templates, so they are no mistake for certain.
 */
export function unusedHosts({ backendAddressPools }: Gateway, hosts: Hosts): Notice[] {
  const members = backendAddressPools.flatMap((pool) => pool.members);
  const unused = Object.keys(hosts).filter((name) => !members.some(({ address }) => sameName(address, name)));
  return unused.map((name) => ({
    severity: 'warning',
    message: `hosts gives '${name}' an address, and no member of a backend pool is called so.`,
  }));
}
