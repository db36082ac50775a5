import type { BackendHttpSettings, Gateway } from '../../gateway/model.ts';
import { probeMessages } from './probe-messages.ts';

/** Azure's words for what Node says about a connection that could not be used. */
export function describeProbeError(
  error: Error,
  { trustedRootCertificates }: BackendHttpSettings,
  generation: Gateway['sku']['generation'],
): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ENODATA':
      return probeMessages.dns;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return probeMessages.commonName[generation];
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return probeMessages.expired;
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return probeMessages.unknownIssuer;
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return probeMessages.noIntermediate;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      // The backend showed its root: another one than those that were uploaded, if any were.
      return trustedRootCertificates.length === 0 ? probeMessages.unknownIssuer : probeMessages.rootMismatch;
    default:
      return isCertificateFault(code) ? probeMessages.otherCertificateFault(code) : probeMessages.connect;
  }
}

/** OpenSSL's names for faults of certificates that have no text of their own. */
function isCertificateFault(code: string): boolean {
  return code.includes('CERT') || code === 'INVALID_PURPOSE' || code === 'PATH_LENGTH_EXCEEDED';
}
