import type { AdminTarget } from '../dashboard/admin-server.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { describeRequest } from '../observability/describe-request.ts';
import { explainRequest } from '../routing/explain.ts';
import { listRoutes } from '../routing/list-routes.ts';

/** What the admin API shows of a running gateway. */
export function adminTargetOf(emulator: Emulator): AdminTarget {
  return {
    gateway: () => ({
      name: emulator.gateway.name,
      id: emulator.gateway.id,
      sku: emulator.gateway.sku.name,
      listeners: emulator.listeners,
      backends: emulator.backends,
      routes: listRoutes(emulator.table),
      notEmulated: emulator.gateway.notEmulated.map(({ feature, consequence }) => ({ feature, consequence })),
    }),
    backendHealth: () => emulator.backendHealth(),
    requests: (limit) => emulator.requests(limit).map(describeRequest),
    explain: (request) => explainRequest(emulator.table, request),
    setMemberState: (pool, member, state) => emulator.setMemberState(pool, member, state),
    isReady: () => emulator.isReady,
  };
}
