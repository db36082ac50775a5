import type { BackendAddressPool, Gateway } from '../gateway/model.ts';
import type { BackendServer } from '../runtime/backends/backend-server.ts';
import { listUsedBackends, type UsedBackend } from '../runtime/backends/used-backends.ts';
import { probeMessages } from '../runtime/probes/probe-messages.ts';

/** https://learn.microsoft.com/rest/api/application-gateway/application-gateways/backend-health */
export interface BackendHealth {
  readonly backendAddressPools: readonly {
    readonly backendAddressPool: { readonly id: string };
    readonly backendHttpSettingsCollection: readonly {
      readonly backendHttpSettings: { readonly id: string };
      readonly servers: readonly ServerHealth[];
    }[];
  }[];
}

export interface ServerHealth {
  readonly address: string;
  /** `Partial` where instances of the gateway do not agree. */
  readonly health: 'Unknown' | 'Healthy' | 'Unhealthy' | 'Partial';
  readonly healthProbeLog: string;
}

/** What the gateway holds of its servers, in the shape of Azure's backend-health operation. */
export function describeBackendHealth(gateway: Gateway, servers: readonly BackendServer[]): BackendHealth {
  return {
    backendAddressPools: gateway.backendAddressPools.map((pool) => {
      const ofPool = servers.filter((server) => server.pool === pool);
      const used = new Set(
        listUsedBackends(gateway)
          .filter(usesPool(pool))
          .map(({ settings }) => settings),
      );
      return {
        backendAddressPool: { id: pool.id },
        backendHttpSettingsCollection: [...used].map((settings) => ({
          backendHttpSettings: { id: settings.id },
          servers: ofPool.filter((server) => server.settings === settings).map(describeServer),
        })),
      };
    }),
  };
}

function usesPool(pool: BackendAddressPool): (used: UsedBackend) => boolean {
  return ({ source }) =>
    'targets' in source ? source.targets.some((target) => target.backendAddressPool === pool) : source === pool;
}

function describeServer({ ipOrName: address, target, state, isReachable }: BackendServer): ServerHealth {
  const { health, log } = state.health;
  // https://learn.microsoft.com/troubleshoot/azure/application-gateway/application-gateway-backend-health-troubleshooting#backend-health-status-unknown
  if (target.kind === 'unresolved') return { address, health: 'Unknown', healthProbeLog: probeMessages.unknown };
  if (!isReachable) return { address, health: 'Unhealthy', healthProbeLog: probeMessages.connect };
  return { address, health, healthProbeLog: health === 'Unknown' ? probeMessages.unknown : log };
}
