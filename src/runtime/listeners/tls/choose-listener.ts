import type { HttpListener } from '../../../gateway/model.ts';
import { routeForServerName } from '../../../routing/check-server-name.ts';
import type { EntryPoint } from '../../../routing/compile-routing-table.ts';
import { foldHostName } from '../../../routing/host.ts';
import { withoutLocalSuffix } from '../../../routing/request-host.ts';

/**
 * Whose certificate and TLS settings a client gets. For an unknown name, or none, v2 falls back on the first HTTPS
 * listener in the order of the rules, and v1 resets the connection unless a listener does without the name.
 * https://learn.microsoft.com/azure/application-gateway/ssl-overview#sni-differences
 */
export function chooseListener(
  entryPoint: EntryPoint,
  generation: 'v1' | 'v2',
  serverName: string | null,
): HttpListener | null {
  const name = serverName === null ? '' : withoutLocalSuffix(foldHostName(serverName), entryPoint.hosts);
  const named = entryPoint.hosts.find(name)?.listener;
  if (named !== undefined) return named;
  if (generation === 'v2') return routeForServerName(entryPoint, serverName)?.listener ?? null;
  const lenient = entryPoint.routes.find(({ listener }) => !listener.requireServerNameIndication);
  return lenient?.listener ?? null;
}
