import type { HostCount, MeteredGateway } from '../observability/metrics/gateway-metrics.ts';
import type { BackendHealth, ServerHealth } from './backend-health.ts';
import type { Emulator } from './emulator.ts';

/** What metrics and the performance log ask of a running gateway. */
export function meteredGatewayOf(emulator: Pick<Emulator, 'gateway' | 'backendHealth'>): MeteredGateway {
  return {
    get gateway() {
      return emulator.gateway;
    },
    hostCounts: () => countHosts(emulator.backendHealth()),
  };
}

function countHosts({ backendAddressPools }: BackendHealth): readonly HostCount[] {
  return backendAddressPools.flatMap(({ backendAddressPool, backendHttpSettingsCollection }) =>
    backendHttpSettingsCollection.map(({ backendHttpSettings, servers }) => ({
      pool: nameIn(backendAddressPool.id),
      settings: nameIn(backendHttpSettings.id),
      healthy: count(servers, 'Healthy'),
      unhealthy: count(servers, 'Unhealthy'),
    })),
  );
}

function count(servers: readonly ServerHealth[], health: ServerHealth['health']): number {
  return servers.filter((server) => server.health === health).length;
}

function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
