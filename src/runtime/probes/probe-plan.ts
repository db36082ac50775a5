import { isIP } from 'node:net';
import type { BackendHttpSettings, Gateway, ProbeMatch } from '../../gateway/model.ts';
import { encodeTarget } from '../../rewrite/encode-url.ts';
import type { ServerAddress } from '../../routing/route.ts';
import { serverNameFor } from '../forwarding/backend-tls.ts';

/** What is asked of a server, how often, and what answer is a good one. */
export interface ProbePlan {
  readonly path: string;
  readonly host: string;
  readonly port: number;
  /** Name sent as SNI; null sends none. */
  readonly serverName: string | null;
  readonly intervalMilliseconds: number;
  readonly timeoutMilliseconds: number;
  readonly unhealthyThreshold: number;
  readonly match: ProbeMatch;
  /** v1 asks again at once after a failure, v2 waits for the interval. */
  readonly repeatsAtOnce: boolean;
}

type Generation = Gateway['sku']['generation'];

const anySuccess: ProbeMatch = { statusCodes: [{ from: 200, to: 399 }], body: null };

/**
 * The probe of a server with some settings: the settings' own, or the default one, which asks for `/` with
 * `Host: 127.0.0.1` whatever host name the settings have.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
 */
export function planProbe(settings: BackendHttpSettings, server: ServerAddress, generation: Generation): ProbePlan {
  const { probe } = settings;
  const repeatsAtOnce = generation === 'v1';
  if (probe === null) {
    return {
      path: '/',
      host: '127.0.0.1',
      port: settings.port,
      serverName: probeServerName('127.0.0.1', settings, server, generation),
      intervalMilliseconds: 30_000,
      timeoutMilliseconds: 30_000,
      unhealthyThreshold: 3,
      match: anySuccess,
      repeatsAtOnce,
    };
  }
  const host = probe.pickHostNameFromBackendHttpSettings
    ? hostOfSettings(settings, server)
    : (probe.host ?? '127.0.0.1');
  return {
    path: encodeTarget(probe.path),
    host,
    // v1 knows no port of its own for probes.
    port: generation === 'v1' ? settings.port : (probe.port ?? settings.port),
    serverName: probeServerName(host, settings, server, generation),
    intervalMilliseconds: probe.intervalSeconds * 1000,
    timeoutMilliseconds: probe.timeoutSeconds * 1000,
    unhealthyThreshold: probe.unhealthyThreshold,
    match: probe.match,
    repeatsAtOnce,
  };
}

/**
 * v2 names the probe's host, the settings' or the pool's, whichever is a name; v1 the pool's.
 * https://learn.microsoft.com/azure/application-gateway/ssl-overview#sni-differences
 */
function probeServerName(
  host: string,
  settings: BackendHttpSettings,
  server: ServerAddress,
  generation: Generation,
): string | null {
  const ofPool = server.kind === 'fqdn' ? server.address : null;
  if (generation === 'v1') return ofPool;
  return isIP(host) === 0 ? host : (serverNameFor(settings, server, generation) ?? ofPool);
}

function hostOfSettings(settings: BackendHttpSettings, server: ServerAddress): string {
  if (settings.hostName !== null && settings.hostName !== '') return settings.hostName;
  return settings.pickHostNameFromBackendAddress ? server.address : '127.0.0.1';
}

/** As `200-399` or `200-399,401`. */
export function describeStatusCodes({ statusCodes }: ProbeMatch): string {
  return statusCodes.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}
