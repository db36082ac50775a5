import { firstHeader } from '../rewrite/raw-headers.ts';
import type { EntryPoint } from '../routing/compile-routing-table.ts';
import { foldHostName } from '../routing/host.ts';
import type { Exchange } from './exchange.ts';

const localSuffix = '.localhost';

/**
 * Where a redirect leads for a client that reaches the gateway by a name under `localhost`. Azure's location names a host
 * and port that are not this machine's; a browser that follows it would leave the emulator. So a location that this very
 * gateway serves is told as it is reached here. The record keeps Azure's.
 */
export function localLocation(location: string, exchange: Exchange): string {
  if (!cameByLocalName(exchange) || !URL.canParse(location)) return location;
  const { protocol, hostname, port } = new URL(location);
  const frontendPort = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  const entryPoint = exchange.deployment.table.entryPoints.find(
    (candidate) => candidate.port === frontendPort && schemeOf(candidate) === protocol && serves(candidate, hostname),
  );
  const localPort = entryPoint === undefined ? undefined : exchange.services.localPort(entryPoint.key);
  if (localPort === undefined) return location;
  // The rest stays as written: parsing would change how it is encoded.
  const rest = location.replace(/^[^:]+:\/\/[^/?#]*/, '');
  return `${protocol}//${hostname}${localSuffix}:${localPort}${rest}`;
}

function cameByLocalName({ record }: Exchange): boolean {
  const received = firstHeader(record.request.rawHeaders, 'host')?.toLowerCase().replace(/:\d*$/, '');
  const meant = record.route?.host?.toLowerCase().replace(/:\d*$/, '');
  return received?.endsWith(localSuffix) === true && meant !== undefined && received === `${meant}${localSuffix}`;
}

function schemeOf({ protocol }: EntryPoint): string {
  return protocol === 'Https' ? 'https:' : 'http:';
}

function serves({ hosts }: EntryPoint, hostname: string): boolean {
  return hosts.findNamed(foldHostName(hostname)) !== undefined;
}
