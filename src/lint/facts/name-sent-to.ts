import type { BackendAddressPool, BackendHttpSettings } from '../../gateway/model.ts';
import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';

/**
 * The host name that a pool's servers are asked for, when they are likely to serve by it: only a member that is known by
 * name itself is.
 */
export function nameSentTo(pool: BackendAddressPool | null, settings: BackendHttpSettings): string | undefined {
  const named = pool?.members.find(({ kind }) => kind === 'fqdn')?.address;
  if (named === undefined) return undefined;
  return settings.hostName ?? (settings.pickHostNameFromBackendAddress ? named : undefined);
}

/** Where that name comes from. */
export function sourcesOfName(
  raw: RuleContext['raw'],
  pool: BackendAddressPool | null,
  settings: BackendHttpSettings,
): readonly Raw[] {
  const named = pool?.members.find(({ kind }) => kind === 'fqdn');
  return [
    ...(named === undefined ? [] : [raw(named.origin, 'fqdn')]),
    ...['hostName', 'pickHostNameFromBackendAddress'].map((member) => raw(settings.origin, 'properties', member)),
  ];
}
