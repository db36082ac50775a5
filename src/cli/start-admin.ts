import { systemClock } from '../base/clock.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { type AdminServer, startAdminServer } from '../dashboard/admin-server.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { meteredGatewayOf } from '../emulator/metered-gateway.ts';
import { GatewayMetrics } from '../observability/metrics/gateway-metrics.ts';
import { adminTargetOf } from './admin-target.ts';

/** Starts the dashboard and the admin API of a gateway; metrics count from now on. */
export async function startAdminFor(
  emulator: Emulator,
  at: { readonly address: string; readonly port: number },
  findings: () => readonly Diagnostic[],
): Promise<AdminServer> {
  const metrics = new GatewayMetrics(emulator.events, meteredGatewayOf(emulator), systemClock);
  const server = await startAdminServer(adminTargetOf(emulator, metrics, findings), at);
  return {
    url: server.url,
    async dispose() {
      metrics.dispose();
      await server.dispose();
    },
  };
}
