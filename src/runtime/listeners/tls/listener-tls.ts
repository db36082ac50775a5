import type { TlsIdentity } from '../../../certificates/tls-identity.ts';
import type { ClientAuthentication } from './client-authentication.ts';
import type { TlsPolicy } from './tls-policy.ts';

/** How connections for one listener are secured. */
export interface ListenerTls {
  readonly policy: TlsPolicy;
  /** null does not ask clients for a certificate. */
  readonly clientAuthentication: ClientAuthentication | null;
  /** Certificate and key, made or read when a client first needs them; null for a listener that Azure would disable. */
  identity(): Promise<TlsIdentity | null>;
  /** What its OCSP responder says of the certificate, both it and its issuer in DER; null when that is not known. */
  staple(certificate: Buffer, issuer: Buffer): Buffer | null;
}

/** How the connections of one entry point are secured. */
export interface TlsSelection {
  /** What is offered by ALPN, the preferred one first. */
  readonly protocols: readonly ('h2' | 'http/1.1')[];
  /** The listener whose certificate and settings a client gets; null resets the connection. */
  find(serverName: string | null): ListenerTls | null;
}
