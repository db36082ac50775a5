import type { BackendHealth, ServerHealth } from '../emulator/backend-health.ts';
import type { Painter } from '../reporters/reporter.ts';
import { alignColumns } from './align-columns.ts';

interface Row {
  readonly pool: string;
  readonly settings: string;
  /** null for a pool without members, whose requests are answered with 502. */
  readonly server: ServerHealth | null;
}

/** The health report as a table, a line a server. */
export function renderHealth(health: BackendHealth, painter: Painter): string {
  const rows = rowsOf(health);
  if (rows.length === 0) return 'No rule sends requests to a backend pool.';
  const heading = ['POOL', 'SETTINGS', 'SERVER', 'HEALTH', 'LAST PROBE'];
  const [head = '', ...lines] = alignColumns([heading, ...rows.map(cellsOf)]);
  const coloured = lines.map((line, index) => (isHealthy(rows[index]) ? line : painter.error(line)));
  const healthy = rows.filter(isHealthy).length;
  return [painter.faint(head), ...coloured, '', `${healthy} of ${rows.length} healthy`].join('\n');
}

/** Whether every pool that is used can answer with all of its servers. */
export function isAllHealthy(health: BackendHealth): boolean {
  return rowsOf(health).every(isHealthy);
}

function rowsOf({ backendAddressPools }: BackendHealth): Row[] {
  return backendAddressPools.flatMap(({ backendAddressPool, backendHttpSettingsCollection }) =>
    backendHttpSettingsCollection.flatMap(({ backendHttpSettings, servers }): Row[] => {
      const names = { pool: nameIn(backendAddressPool.id), settings: nameIn(backendHttpSettings.id) };
      return servers.length === 0 ? [{ ...names, server: null }] : servers.map((server) => ({ ...names, server }));
    }),
  );
}

function cellsOf({ pool, settings, server }: Row): string[] {
  if (server === null) return [pool, settings, '-', 'none', 'The pool has no members.'];
  return [pool, settings, server.address, server.health, server.healthProbeLog];
}

function isHealthy(row: Row | undefined): boolean {
  return row?.server?.health === 'Healthy';
}

function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
