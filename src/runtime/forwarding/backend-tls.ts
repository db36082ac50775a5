import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { BackendHttpSettings } from '../../gateway/model.ts';
import type { ServerAddress } from '../../routing/route.ts';

/** How connections to an HTTPS backend are made; options of Node's `tls.connect`. */
export interface BackendTls {
  readonly minVersion: 'TLSv1.2';
  /** null takes the request's Host. */
  readonly servername: string | null;
  readonly rejectUnauthorized: boolean;
  readonly ca?: string[];
  readonly checkServerIdentity?: () => undefined;
}

/**
 * TLS to a server of a pool. Stand-ins and members that the user mapped elsewhere are trusted: they cannot have the
 * certificate of the real server.
 *
 * https://learn.microsoft.com/azure/application-gateway/ssl-overview#end-to-end-tls-encryption
 */
export function backendTls(settings: BackendHttpSettings, server: ServerAddress, isTrusted: boolean): BackendTls {
  const servername = serverNameFor(settings, server);
  // TLS 1.0 and 1.1 ended on both legs on 2025-08-31.
  const minVersion = 'TLSv1.2';
  if (isTrusted || !settings.validateCertChainAndExpiry) return { minVersion, servername, rejectUnauthorized: false };
  return {
    minVersion,
    servername,
    rejectUnauthorized: true,
    ca: [...rootCertificates, ...trustedRoots(settings)],
    ...(settings.validateSNI ? {} : { checkServerIdentity: () => undefined }),
  };
}

/** Name sent as SNI; null leaves it to the request's Host. An IP address is never sent. */
export function serverNameFor(settings: BackendHttpSettings, server: ServerAddress): string | null {
  const picked = settings.pickHostNameFromBackendAddress && server.kind === 'fqdn' ? server.address : null;
  const name = settings.sniName ?? settings.hostName ?? picked;
  return name === null || name === '' || isIP(name) !== 0 ? null : name;
}

/** PEM of the uploaded roots that can be read; the others cannot be anybody's issuer. */
function trustedRoots(settings: BackendHttpSettings): string[] {
  return [...settings.trustedRootCertificates, ...settings.authenticationCertificates].flatMap(({ data }) => {
    if (data === null || data === '') return [];
    try {
      return [new X509Certificate(Buffer.from(data, 'base64')).toString()];
    } catch {
      return [];
    }
  });
}
