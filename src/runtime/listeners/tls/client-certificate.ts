import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { RequestProblem } from '../../../routing/check-request.ts';
import type { ClientCertificate } from '../../../routing/route.ts';
import { type ClientAuthentication, type ClientChain, isSelfIssued } from './client-authentication.ts';

/** What came of asking a client for its certificate. */
export interface CheckedClient {
  readonly certificate: ClientCertificate | null;
  /** Why its requests are refused; null when they are not. */
  readonly problem: RequestProblem | null;
}

const clientAuthenticationUse = '1.3.6.1.5.5.7.3.2';

/**
 * Checks the certificate that a client has shown. The handshake is over by then: Azure answers with 400 instead of
 * breaking it off.
 * https://learn.microsoft.com/troubleshoot/azure/application-gateway/mutual-authentication-troubleshooting
 */
export async function checkClient(socket: TLSSocket, authentication: ClientAuthentication): Promise<CheckedClient> {
  const certificate = socket.getPeerX509Certificate();
  if (authentication.mode === 'Passthrough') {
    return { certificate: certificate === undefined ? null : describe(certificate, 'PASSTHROUGH'), problem: null };
  }
  if (certificate === undefined) return { certificate: null, problem: noCertificate };
  const fault =
    chainFault(socket) ??
    certificateFault(certificate, authentication) ??
    (await revocationFault(certificate, authentication));
  if (fault === null) return { certificate: describe(certificate, 'SUCCESS'), problem: null };
  return { certificate: describe(certificate, `FAILED:${fault}`), problem: invalidCertificate(fault) };
}

const noCertificate: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_HTTPS_NO_CERT',
  why: 'The client showed no certificate, which the TLS profile of the listener demands.',
  extraLine: 'No required SSL certificate was sent',
};

function invalidCertificate(fault: string): RequestProblem {
  return {
    status: 400,
    errorInfo: 'ERRORINFO_HTTPS_NO_CERT',
    why: `The certificate of the client is refused: ${fault}.`,
    extraLine: 'The SSL certificate error',
  };
}

/** What OpenSSL says of the chain: unknown authority, expired, of no use for clients. */
function chainFault(socket: TLSSocket): string | null {
  if (socket.authorized) return null;
  // Node types it as an error and sets OpenSSL's name of the fault.
  const code = String(socket.authorizationError);
  return code.toLowerCase().replaceAll('_', ' ');
}

function certificateFault(certificate: X509Certificate, authentication: ClientAuthentication): string | null {
  const { chains, verifiesIssuer } = authentication;
  if (!(certificate.keyUsage ?? []).includes(clientAuthenticationUse)) {
    return 'its extended key usage does not name client authentication';
  }
  if (verifiesIssuer && !isFromLowest(certificate, chains)) {
    return 'its issuer is not the lowest authority of the trusted chain';
  }
  return null;
}

/**
 * Without an answer that counts Azure refuses as well. Only the client's own certificate is asked about.
 * https://learn.microsoft.com/azure/application-gateway/mutual-authentication-overview#certificate-revocation
 */
async function revocationFault(
  certificate: X509Certificate,
  { revocation, chains }: ClientAuthentication,
): Promise<string | null> {
  if (revocation === null) return null;
  // The client may have sent it, where the root alone was uploaded; a server on Node.js 24 is not told.
  const shown = certificate.issuerCertificate;
  const issuer = issuerOf(certificate, [...chains.flat(), ...(shown === undefined ? [] : [shown])]);
  if (issuer === undefined) return 'its issuer is not known, which its OCSP responder has to be told';
  const answer = await revocation.statusOf(certificate, issuer);
  if (answer.kind === 'unavailable') return answer.why;
  switch (answer.status) {
    case 'good':
      return null;
    case 'revoked':
      return 'certificate revoked';
    case 'unknown':
      return 'its OCSP responder does not know it';
  }
}

function issuerOf(certificate: X509Certificate, authorities: readonly X509Certificate[]): X509Certificate | undefined {
  return authorities.find((each) => certificate.checkIssued(each) && certificate.verify(each.publicKey));
}

/** Of several chains under the certificate's root the longest counts, of equally long ones the first. */
function isFromLowest(certificate: X509Certificate, chains: readonly ClientChain[]): boolean {
  const root = rootOf(certificate, chains.flat());
  const ofRoot = chains.filter(([first]) => first !== undefined && first.subject === root?.subject);
  const [longest] = ofRoot.toSorted((a, b) => b.length - a.length);
  return longest?.at(-1)?.subject === certificate.issuer;
}

function rootOf(certificate: X509Certificate, authorities: readonly X509Certificate[]): X509Certificate | undefined {
  let current: X509Certificate | undefined = certificate;
  // No chain is longer than the number of authorities.
  for (let steps = 0; current !== undefined && steps <= authorities.length; steps++) {
    if (isSelfIssued(current)) return current;
    const below: X509Certificate = current;
    current = authorities.find((each) => below.checkIssued(each));
  }
  return current;
}

/** In the forms in which NGINX, which v2 is made of, shows them. */
function describe(certificate: X509Certificate, verification: string): ClientCertificate {
  return {
    pem: certificate.toString(),
    verification,
    fingerprint: certificate.fingerprint.replaceAll(':', '').toLowerCase(),
    serial: certificate.serialNumber,
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    startDate: certificate.validFrom,
    endDate: certificate.validTo,
  };
}

/** `CN=client,O=Contoso`, the most specific part first. https://www.rfc-editor.org/rfc/rfc2253 */
function distinguishedName(lines: string): string {
  return lines.split('\n').reverse().join(',');
}
