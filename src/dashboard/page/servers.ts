import type { BackendHealth, ServerHealth } from '../../emulator/backend-health.ts';
import { nodeId } from './topology/build-topology.ts';

/** A server as the backend-health view lists it. */
export interface Server extends ServerHealth {
  readonly pool: string;
  readonly settings: string;
}

/** Every server of every pool with every settings it is used with, as in Azure's portal. */
export function listServers(health: BackendHealth | null): readonly Server[] {
  return (health?.backendAddressPools ?? []).flatMap(({ backendAddressPool, backendHttpSettingsCollection }) =>
    backendHttpSettingsCollection.flatMap(({ backendHttpSettings, servers }) =>
      servers.map((server) => ({
        ...server,
        pool: nameIn(backendAddressPool.id),
        settings: nameIn(backendHttpSettings.id),
      })),
    ),
  );
}

/** The worst that is known of a member: it may be healthy with one settings and not with others. */
export function healthOfMember(servers: readonly Server[], member: string): ServerHealth['health'] {
  const own = servers.filter(({ pool, address }) => nodeId.member(pool, address) === member);
  if (own.some(({ health }) => health === 'Unhealthy')) return 'Unhealthy';
  if (own.some(({ health }) => health === 'Partial')) return 'Partial';
  return own.length > 0 && own.every(({ health }) => health === 'Healthy') ? 'Healthy' : 'Unknown';
}

function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
