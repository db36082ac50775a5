import type { BackendAddressPool, BackendHttpSettings } from '../../gateway/model.ts';

/**
 * The host name that a pool's servers are asked for, when they are likely to serve by it: only a member that is known by
 * name itself is.
 */
export function nameSentTo(pool: BackendAddressPool | null, settings: BackendHttpSettings): string | undefined {
  const named = pool?.members.find(({ kind }) => kind === 'fqdn')?.address;
  if (named === undefined) return undefined;
  return settings.hostName ?? (settings.pickHostNameFromBackendAddress ? named : undefined);
}
