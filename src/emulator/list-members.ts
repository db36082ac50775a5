import type { BackendAddressPool, BackendHttpSettings, Gateway } from '../gateway/model.ts';
import { type BackendMapping, findMapping } from '../runtime/backends/backend-mapping.ts';
import type { Hosts } from '../runtime/backends/backend-names.ts';
import type { PoolMember } from '../runtime/backends/backend-set.ts';
import { listUsedBackends } from '../runtime/backends/used-backends.ts';
import type { Unmapped } from './options.ts';

/** A member of a pool with settings that some rule uses it with. */
export interface Member {
  readonly pool: BackendAddressPool;
  readonly member: PoolMember;
  readonly settings: BackendHttpSettings;
  readonly goesTo: { readonly kind: 'mapping'; readonly mapping: BackendMapping } | { readonly kind: Unmapped };
}

/** What the user said about where members are. */
export interface Whereabouts {
  readonly mappings: readonly BackendMapping[];
  readonly unmapped: Unmapped;
  readonly hosts: Hosts;
}

/** All members that the rules of a gateway use, each with every settings it is used with. */
export function listMembers(gateway: Gateway, whereabouts: Whereabouts): Member[] {
  const isInHosts = namesIn(whereabouts.hosts);
  return listUsedBackends(gateway).flatMap(({ source, settings }) => {
    const pools = 'targets' in source ? source.targets.flatMap((target) => target.backendAddressPool ?? []) : [source];
    return pools.flatMap((pool) =>
      membersOf(pool, whereabouts.mappings).map((member): Member => {
        const named = { pool, address: member.address, port: settings.port };
        const mapping = findMapping(whereabouts.mappings, named);
        if (mapping !== undefined) return { pool, member, settings, goesTo: { kind: 'mapping', mapping } };
        const kind = isInHosts(member.address) ? 'live' : whereabouts.unmapped;
        return { pool, member, settings, goesTo: { kind } };
      }),
    );
  });
}

/** Names that have to be resolved before these members can be connected to. */
export function namesOf(members: readonly Member[]): string[] {
  return members.flatMap(({ member, goesTo }) => (needsAddress(member, goesTo) ? [member.address] : []));
}

export function needsAddress({ kind }: PoolMember, goesTo: Member['goesTo']): boolean {
  return kind === 'fqdn' && goesTo.kind === 'live';
}

function namesIn(hosts: Hosts): (name: string) => boolean {
  const names = new Set(Object.keys(hosts).map((name) => name.toLowerCase()));
  return (name) => names.has(name.toLowerCase());
}

/** An empty pool that the user mapped as a whole has one member: what it is filled with later is not in the template. */
function membersOf(pool: BackendAddressPool, mappings: readonly BackendMapping[]): readonly PoolMember[] {
  if (pool.members.length > 0) return pool.members;
  const mapping = mappings.find((each) => each.pool === pool.name && each.address === null);
  if (mapping === undefined) return [];
  return [{ address: mapping.to.kind === 'server' ? mapping.to.host : pool.name, kind: 'fqdn' }];
}
