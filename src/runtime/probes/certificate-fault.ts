import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { BackendHttpSettings, Gateway } from '../../gateway/model.ts';
import type { BackendTls } from '../forwarding/backend-tls.ts';
import { probeMessages } from './probe-messages.ts';

/** What speaks against the certificates that a server has shown. */
export class CertificateFault extends Error {
  /** In the words of OpenSSL, or Node's for a name that does not fit. */
  readonly code: string;
  /** In the order in which the server showed them. */
  readonly presented: readonly X509Certificate[];

  constructor(code: string, presented: readonly X509Certificate[]) {
    super(code);
    this.code = code;
    this.presented = presented;
  }
}

/**
 * What speaks against the peer of a connection that was made without looking at certificates; undefined for nothing.
 *
 * @param name that the certificate is to have
 */
export function certificateFault(
  socket: TLSSocket,
  { rejectUnauthorized, checkPeer }: BackendTls,
  name: string,
): CertificateFault | undefined {
  const code = rejectUnauthorized && !socket.authorized ? String(socket.authorizationError) : '';
  const found = code === '' ? codeOf(checkPeer?.(socket, name)) : code;
  return found === '' ? undefined : new CertificateFault(found, presentedBy(socket));
}

function codeOf(error: Error | undefined): string {
  if (error === undefined) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

/** Node tells the certificates of a peer each as the issuer of the one before, whether it is that or not. */
function presentedBy(socket: TLSSocket): X509Certificate[] {
  const presented: X509Certificate[] = [];
  for (let next = socket.getPeerX509Certificate(); next !== undefined; next = next.issuerCertificate) {
    presented.push(next);
  }
  return presented;
}

/** https://learn.microsoft.com/troubleshoot/azure/application-gateway/application-gateway-backend-health-troubleshooting */
export function describeCertificateFault(
  { code, presented }: CertificateFault,
  { trustedRootCertificates }: BackendHttpSettings,
  generation: Gateway['sku']['generation'],
): string {
  if (generation === 'v2' && isIssuerOfOthers(presented[0])) {
    return presented.every(({ ca }) => ca) ? probeMessages.noLeaf : probeMessages.leafNotTopmost;
  }
  const hasRoots = trustedRootCertificates.length > 0;
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return probeMessages.commonName[generation];
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return probeMessages.expired;
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return probeMessages.noIntermediate;
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      if (generation === 'v1') return probeMessages.unknownIssuer;
      return hasRoots ? probeMessages.intermediateNotByUploadedRoot : probeMessages.unknownIntermediate;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      // One that is no authority counts as a leaf, whose issuer is not shown.
      if (generation === 'v2' && presented[0]?.ca === false) return probeMessages.noIntermediate;
      return hasRoots ? probeMessages.rootMismatch : probeMessages.unknownIssuer;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return hasRoots ? probeMessages.rootMismatch : probeMessages.unknownIssuer;
    default:
      return probeMessages.otherCertificateFault(verifyErrors[code] ?? code);
  }
}

/** A server may show an authority that has issued itself, and nobody else. */
function isIssuerOfOthers(certificate: X509Certificate | undefined): boolean {
  return certificate?.ca === true && !certificate.checkIssued(certificate);
}

/** Numbers of OpenSSL's errors; those with a text of their own are not here. https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/ */
const verifyErrors: Readonly<Record<string, number>> = {
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 4,
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 6,
  CERT_SIGNATURE_FAILURE: 7,
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 13,
  ERROR_IN_CERT_NOT_AFTER_FIELD: 14,
  CERT_CHAIN_TOO_LONG: 22,
  CERT_REVOKED: 23,
  PATH_LENGTH_EXCEEDED: 25,
  INVALID_PURPOSE: 26,
  CERT_UNTRUSTED: 27,
  CERT_REJECTED: 28,
  INVALID_CA: 79,
};
