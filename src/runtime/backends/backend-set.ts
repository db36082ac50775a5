import type { BackendAddress, BackendAddressPool, BackendHttpSettings, Gateway } from '../../gateway/model.ts';
import type { ForwardOutcome } from '../../routing/route.ts';
import { type HealthVersion, ServerGroup, type WeightedServer } from '../balancing/server-group.ts';
import type { BackendServer } from './backend-server.ts';
import { listUsedBackends, type UsedBackend } from './used-backends.ts';

export type PoolMember = Pick<BackendAddress, 'address' | 'kind'>;

/** Makes or finds the servers that stand for the members of a pool with some settings. */
export type FindServers = (pool: BackendAddressPool, settings: BackendHttpSettings) => readonly BackendServer[];

/** The servers of one deployment, and the groups among which its routes share their requests. */
export class BackendSet {
  /** Each server once, in the order of the rules that use them. */
  readonly servers: readonly BackendServer[];
  readonly #groups = new Map<object, Map<UsedBackend['source'], ServerGroup>>();

  constructor(
    gateway: Gateway,
    findServers: FindServers,
    version: HealthVersion,
    draining: readonly BackendServer[] = [],
  ) {
    const servers = new Set<BackendServer>();
    for (const { source, settings } of listUsedBackends(gateway)) {
      const members = membersOf(source, settings, findServers);
      for (const { server } of members) servers.add(server);
      const leaving = draining.filter((server) => isFrom(server, source, settings));
      const algorithm = 'targets' in source ? source.algorithm : 'RoundRobin';
      this.#add(source, settings, new ServerGroup(members, algorithm, version, leaving));
    }
    this.servers = [...servers];
  }

  groupFor(outcome: ForwardOutcome): ServerGroup | null {
    const source = outcome.loadDistributionPolicy ?? outcome.pool;
    return source === null ? null : (this.#groups.get(outcome.settings)?.get(source) ?? null);
  }

  #add(source: UsedBackend['source'], settings: BackendHttpSettings, group: ServerGroup): void {
    const bySource = this.#groups.get(settings) ?? new Map<UsedBackend['source'], ServerGroup>();
    this.#groups.set(settings, bySource.set(source, group));
  }
}

function membersOf(
  source: UsedBackend['source'],
  settings: BackendHttpSettings,
  findServers: FindServers,
): WeightedServer[] {
  if (!('targets' in source)) return findServers(source, settings).map((server) => ({ server, weight: 1 }));
  return source.targets.flatMap(({ backendAddressPool, weightPerServer }) =>
    backendAddressPool === null
      ? []
      : findServers(backendAddressPool, settings).map((server) => ({ server, weight: weightPerServer })),
  );
}

/** Names are compared: the objects of an earlier deployment are others. */
function isFrom(server: BackendServer, source: UsedBackend['source'], settings: BackendHttpSettings): boolean {
  const pools = 'targets' in source ? source.targets.map((target) => target.backendAddressPool?.id) : [source.id];
  return server.settings.id === settings.id && pools.includes(server.pool.id);
}
