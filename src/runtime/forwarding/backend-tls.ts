import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate, rootCertificates, type TLSSocket } from 'node:tls';
import type { BackendHttpSettings, Gateway } from '../../gateway/model.ts';
import type { ServerAddress } from '../../routing/route.ts';
import type { BackendTarget } from '../backends/backend-target.ts';
import { cipherString, type TlsPolicy, tlsPolicyOf } from '../listeners/tls/tls-policy.ts';

type Generation = Gateway['sku']['generation'];

/** How connections to an HTTPS backend are made; options of Node's `tls.connect`, but for the last one. */
export interface BackendTls {
  readonly minVersion: 'TLSv1.2';
  readonly maxVersion?: 'TLSv1.2';
  /** As OpenSSL takes them. */
  readonly ciphers?: string;
  /** null takes the request's Host; empty sends none. */
  readonly servername: string | null;
  readonly rejectUnauthorized: boolean;
  readonly ca?: string[];
  /** Whether a certificate of `ca` is trusted although it is no root. */
  readonly allowPartialTrustChain?: boolean;
  readonly checkServerIdentity?: (name: string, certificate: PeerCertificate) => Error | undefined;
  /** To be asked when the handshake is over, where Node would look at names only after the chain. */
  readonly checkPeer?: (socket: TLSSocket, name: string) => Error | undefined;
}

/** What all connections to the backends of a gateway have in common. */
export interface BackendLeg {
  readonly generation: Generation;
  /** What v1 negotiates by the gateway's policy, which counts for both of its legs; null leaves it to OpenSSL. */
  readonly policy: Pick<TlsPolicy, 'ciphers' | 'minVersion'> | null;
  /** Whether targets that the user gave have to show a certificate that Azure would take. */
  readonly verifiesMapped: boolean;
}

/** https://learn.microsoft.com/azure/application-gateway/ssl-overview */
export function backendLegOf(gateway: Gateway, verifiesMapped: boolean): BackendLeg {
  const { generation } = gateway.sku;
  return { generation, policy: generation === 'v1' ? tlsPolicyOf(gateway, null) : null, verifiesMapped };
}

// TLS 1.0 and 1.1 ended on both legs on 2025-08-31.
const minVersion = 'TLSv1.2';

/**
 * TLS to a server of a pool. Stand-ins are trusted, and unless told otherwise members that the user mapped elsewhere:
 * they cannot have the certificate of the real server.
 *
 * https://learn.microsoft.com/azure/application-gateway/ssl-overview#end-to-end-tls-encryption
 */
export function backendTls(
  settings: BackendHttpSettings,
  server: ServerAddress,
  kind: BackendTarget['kind'],
  { generation, policy, verifiesMapped }: BackendLeg,
): BackendTls {
  const isTrusted = kind === 'mapped' ? !verifiesMapped : kind !== 'live';
  const trust = generation === 'v1' ? trustOfV1(settings, server) : trustOfV2(settings);
  return {
    minVersion,
    ...(policy === null ? {} : { maxVersion: minVersion, ciphers: cipherString(policy) }),
    servername: serverNameFor(settings, server, generation),
    ...(isTrusted ? { rejectUnauthorized: false } : trust),
  };
}

type Trust = Omit<BackendTls, 'minVersion' | 'maxVersion' | 'ciphers' | 'servername'>;

/** v2 trusts well-known roots and those that were uploaded, and looks at the name; either can be switched off. */
function trustOfV2({ validateCertChainAndExpiry, validateSNI, trustedRootCertificates }: BackendHttpSettings): Trust {
  if (!validateCertChainAndExpiry) {
    return { rejectUnauthorized: false, ...(validateSNI ? { checkPeer: checkName } : {}) };
  }
  return {
    rejectUnauthorized: true,
    ca: [...rootCertificates, ...readAll(trustedRootCertificates).map((root) => root.toString())],
    checkServerIdentity: (name, shown) =>
      selfSignedFault(shown) ?? (validateSNI ? checkServerIdentity(name, shown) : undefined),
  };
}

/**
 * OpenSSL trusts any certificate that was uploaded, v2 one that has issued itself only if it is an authority.
 * https://learn.microsoft.com/troubleshoot/azure/application-gateway/application-gateway-backend-health-troubleshooting#the-intermediate-certificate-was-not-found
 */
function selfSignedFault({ raw }: PeerCertificate): Error | undefined {
  const shown = new X509Certificate(raw);
  if (shown.ca || !shown.checkIssued(shown)) return undefined;
  return Object.assign(new Error('its certificate is self-signed and no authority'), {
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
}

function checkName(socket: TLSSocket, name: string): Error | undefined {
  return checkServerIdentity(name, socket.getPeerCertificate());
}

/** v1 trusts exactly the certificates that were uploaded, and App Service. */
function trustOfV1({ authenticationCertificates }: BackendHttpSettings, server: ServerAddress): Trust {
  if (/\.azurewebsites\.net$/i.test(server.address)) return { rejectUnauthorized: true, ca: [...rootCertificates] };
  const uploaded = readAll(authenticationCertificates);
  return {
    rejectUnauthorized: true,
    allowPartialTrustChain: true,
    ca: uploaded.map((certificate) => certificate.toString()),
    checkServerIdentity: (_name, shown) =>
      uploaded.some(({ raw }) => raw.equals(shown.raw)) ? commonNameFault(server, shown) : notUploaded(),
  };
}

/** v1 compares the common name alone, and only with names. */
function commonNameFault({ kind, address }: ServerAddress, { subject }: PeerCertificate): Error | undefined {
  if (kind === 'ipAddress') return undefined;
  return checkServerIdentity(address, { subject } as PeerCertificate);
}

function notUploaded(): Error {
  const code = 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
  return Object.assign(new Error('its certificate is none of the authentication certificates'), { code });
}

/**
 * Name sent as SNI with requests; null leaves it to the request's Host, an empty one sends none. An IP address is never
 * sent.
 */
export function serverNameFor(
  settings: BackendHttpSettings,
  server: ServerAddress,
  generation: Generation,
): string | null {
  if (generation === 'v1') return server.kind === 'fqdn' ? server.address : '';
  const picked = settings.pickHostNameFromBackendAddress && server.kind === 'fqdn' ? server.address : null;
  const own = settings.validateSNI ? settings.sniName : null;
  const name = own ?? settings.hostName ?? picked;
  return name === null || name === '' || isIP(name) !== 0 ? null : name;
}

/** The certificates that can be read, PEM or DER in base64; the others cannot be anybody's issuer. */
function readAll(uploads: readonly { readonly data: string | null }[]): X509Certificate[] {
  return uploads.flatMap(({ data }) => {
    if (data === null || data === '') return [];
    try {
      return [new X509Certificate(data.includes('-----BEGIN') ? data : Buffer.from(data, 'base64'))];
    } catch {
      return [];
    }
  });
}
