import type { BackendHealth, ServerHealth } from '../emulator/backend-health.ts';

/**
 * What several instances hold of the same servers. Where they do not agree a server is `Partial`, one of the values of
 * Azure's operation.
 * https://learn.microsoft.com/rest/api/application-gateway/application-gateways/backend-health
 *
 * @param reports the first one names the servers; what others have beyond them is from another deployment
 */
export function mergeBackendHealth(reports: readonly BackendHealth[]): BackendHealth {
  const [first, ...others] = reports;
  if (first === undefined) return { backendAddressPools: [] };
  if (others.length === 0) return first;
  return {
    backendAddressPools: first.backendAddressPools.map((pool) => ({
      ...pool,
      backendHttpSettingsCollection: pool.backendHttpSettingsCollection.map((settings) => ({
        ...settings,
        servers: settings.servers.map((server, index) =>
          mergeServer([server, ...others.flatMap((report) => find(report, pool, settings, server, index))]),
        ),
      })),
    })),
  };
}

type Pool = BackendHealth['backendAddressPools'][number];
type Settings = Pool['backendHttpSettingsCollection'][number];

function find(
  { backendAddressPools }: BackendHealth,
  { backendAddressPool }: Pool,
  { backendHttpSettings }: Settings,
  { address }: ServerHealth,
  index: number,
): ServerHealth[] {
  const pool = backendAddressPools.find((each) => each.backendAddressPool.id === backendAddressPool.id);
  const settings = pool?.backendHttpSettingsCollection.find(
    (each) => each.backendHttpSettings.id === backendHttpSettings.id,
  );
  const servers = settings?.servers.filter((server) => server.address === address) ?? [];
  // An address that is listed twice is in the same place everywhere.
  return servers.length > 1 ? (settings?.servers.slice(index, index + 1) ?? []) : servers;
}

function mergeServer(views: readonly [ServerHealth, ...ServerHealth[]]): ServerHealth {
  const [own] = views;
  if (views.every(({ health }) => health === own.health)) return own;
  const healthProbeLog = views
    .map(
      ({ health, healthProbeLog: log }, instance) => `Instance ${instance}: ${health}${log === '' ? '' : `, ${log}`}`,
    )
    .join(' ');
  return { address: own.address, health: 'Partial', healthProbeLog };
}
