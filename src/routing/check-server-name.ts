import type { SslProfile } from '../gateway/model.ts';
import type { EntryPoint, ListenerRoute } from './compile-routing-table.ts';
import { foldHostName } from './host.ts';
import { withoutLocalSuffix } from './request-host.ts';
import type { ClientRequest } from './route.ts';

/**
 * Why a request must not reach a listener because its TLS connection was made for another one; null when it may.
 * SNI chooses certificate and TLS profile, Host chooses the listener: a connection on which no client certificate was
 * asked for could otherwise reach a site that demands one. What Azure answers then is not documented.
 * https://learn.microsoft.com/azure/application-gateway/ssl-overview
 */
export function serverNameFault(entryPoint: EntryPoint, route: ListenerRoute, request: ClientRequest): string | null {
  const { listener } = route;
  if (request.tls === null || !demandsCertificate(listener.sslProfile)) return null;
  const { serverName } = request.tls;
  const connected = routeForServerName(entryPoint, serverName)?.listener;
  if (connected === undefined || connected.sslProfile === listener.sslProfile)
    return agedConnectionFault(route, request);
  const asked = serverName === null ? 'without a server name' : `for '${serverName}'`;
  return (
    `Listener '${listener.name}' demands a client certificate by TLS profile '${listener.sslProfile?.name}', but the TLS ` +
    `connection was made ${asked}, that is to listener '${connected.name}'.`
  );
}

/** The connection may be older than the deployment that began to demand certificates. */
function agedConnectionFault({ listener }: ListenerRoute, { tls }: ClientRequest): string | null {
  const certificate = tls?.clientCertificate;
  // Without a real connection nothing is known of it.
  if (certificate === undefined || certificate?.verification === 'SUCCESS') return null;
  return (
    `Listener '${listener.name}' demands a client certificate by TLS profile '${listener.sslProfile?.name}', and the ` +
    'TLS connection was made before it did.'
  );
}

/** Whether only clients with a certificate get past. */
export function demandsCertificate(profile: SslProfile | null): boolean {
  return profile !== null && profile.verifyClientAuthMode === 'Strict' && profile.trustedClientCertificates.length > 0;
}

/** The listener whose certificate and TLS profile a connection gets; the first one where none answers to the name. */
export function routeForServerName(entryPoint: EntryPoint, serverName: string | null): ListenerRoute | undefined {
  // Only a listener for every name answers to no name.
  const name = serverName === null ? '' : withoutLocalSuffix(foldHostName(serverName), entryPoint.hosts);
  return entryPoint.hosts.find(name) ?? entryPoint.routes[0];
}
