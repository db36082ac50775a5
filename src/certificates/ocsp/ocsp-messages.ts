import { X509Certificate } from 'node:crypto';
import {
  BasicOCSPResponse,
  CertID,
  Certificate,
  getCrypto,
  OCSPRequest,
  OCSPResponse,
  type PublicKeyInfo,
  type SingleResponse,
} from 'pkijs';
import type { Revocation } from './revocation.ts';

/** The certificate that is asked about, and whoever issued it. */
export interface Question {
  readonly certificate: X509Certificate;
  readonly issuer: X509Certificate;
}

/** Certificates are named by hashes, which have nothing to keep secret; SHA-1 is what every responder knows. */
const hashAlgorithm = 'SHA-1';
const ocspSigning = '1.3.6.1.5.5.7.3.9';
const successful = 0;
/** What clocks may differ by, as with OpenSSL. */
const skewMilliseconds = 5 * 60_000;

/** By the number of the tag. https://www.rfc-editor.org/rfc/rfc6960#section-4.2.1 */
const statuses = ['good', 'revoked', 'unknown'] as const;

/** A question to a responder in DER. It has no nonce, so that responders may answer with what they have prepared. */
export async function encodeOcspRequest({ certificate, issuer }: Question): Promise<Buffer> {
  const request = new OCSPRequest();
  const issuerCertificate = parsed(issuer);
  await request.createForCertificate(parsed(certificate), { hashAlgorithm, issuerCertificate });
  return Buffer.from(request.toSchema(true).toBER());
}

/**
 * The responder's answer, if the issuer stands behind it and it is of now.
 * https://www.rfc-editor.org/rfc/rfc6960#section-3.2
 */
export async function readOcspResponse(bytes: Buffer, question: Question, now: number): Promise<Revocation> {
  const basic = parseResponse(bytes);
  if (typeof basic === 'string') return unavailable(basic);
  if (!(await isSigned(basic, question.issuer, now))) {
    return unavailable('its answer is signed neither by the issuer nor by whom that has entrusted');
  }
  const asked = await CertID.create(parsed(question.certificate), {
    hashAlgorithm,
    issuerCertificate: parsed(question.issuer),
  });
  const answer = basic.tbsResponseData.responses.find(({ certID }) => certID.isEqual(asked));
  if (answer === undefined) return unavailable('its answer is about another certificate');
  return judge(answer, bytes, now);
}

function judge({ certStatus, thisUpdate, nextUpdate }: SingleResponse, response: Buffer, now: number): Revocation {
  const validUntil = nextUpdate?.getTime() ?? null;
  if (thisUpdate.getTime() > now + skewMilliseconds) return unavailable('its answer is of the future');
  if (validUntil !== null && validUntil < now - skewMilliseconds) return unavailable('its answer is out of date');
  const { idBlock } = certStatus as { readonly idBlock: { readonly tagNumber: number } };
  return { kind: 'answered', status: statuses[idBlock.tagNumber] ?? 'unknown', response, validUntil };
}

function parseResponse(bytes: Buffer): BasicOCSPResponse | string {
  try {
    const { responseStatus, responseBytes } = OCSPResponse.fromBER(new Uint8Array(bytes));
    const status = responseStatus.valueBlock.valueDec;
    if (status !== successful) return `it answers with the status ${status}`;
    if (responseBytes === undefined) return 'its answer is empty';
    return BasicOCSPResponse.fromBER(new Uint8Array(responseBytes.response.valueBlock.valueHexView));
  } catch {
    return 'its answer is none of OCSP';
  }
}

/** By the issuer itself, or by who has a certificate of the issuer's for this very purpose. */
async function isSigned(basic: BasicOCSPResponse, issuer: X509Certificate, now: number): Promise<boolean> {
  const delegates = (basic.certs ?? []).filter((certificate) => isEntrusted(certificate, issuer, now));
  for (const { subjectPublicKeyInfo } of [parsed(issuer), ...delegates]) {
    if (await isSignedWith(subjectPublicKeyInfo, basic)) return true;
  }
  return false;
}

async function isSignedWith(publicKey: PublicKeyInfo, basic: BasicOCSPResponse): Promise<boolean> {
  const { tbsResponseData, signature, signatureAlgorithm } = basic;
  try {
    return await getCrypto(true).verifyWithPublicKey(
      Buffer.from(tbsResponseData.tbsView),
      signature,
      publicKey,
      signatureAlgorithm,
    );
  } catch {
    // It throws for keys that could not have made the signature.
    return false;
  }
}

function isEntrusted(certificate: Certificate, issuer: X509Certificate, now: number): boolean {
  const delegate = new X509Certificate(Buffer.from(certificate.toSchema().toBER()));
  const isCurrent = Date.parse(delegate.validFrom) <= now && now <= Date.parse(delegate.validTo);
  const isIssued = delegate.checkIssued(issuer) && delegate.verify(issuer.publicKey);
  return isCurrent && isIssued && (delegate.keyUsage ?? []).includes(ocspSigning);
}

function parsed(certificate: X509Certificate): Certificate {
  return Certificate.fromBER(certificate.raw);
}

function unavailable(why: string): Revocation {
  return { kind: 'unavailable', why };
}
