import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { isIP } from 'node:net';
import { BitString, Integer, Null, OctetString, Sequence, Set as SetOf, Utf8String } from 'asn1js';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
} from 'pkijs';
import { parseNetwork } from '../template/functions/ip-address.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** People trust it once; it should not ask them again soon. */
const authorityDays = 3650;
/** Apple's systems accept no server certificate that is valid for longer than 825 days. */
const leafDays = 365;
const organisation = 'Agate local certificates';

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1 */
const identifiers = {
  commonName: '2.5.4.3',
  organizationName: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;

/** Bits of the key usage, the first one on the left. */
const usages = {
  signCertificates: { bits: 0b0000_0110, unusedBits: 1 },
  serveTls: { bits: 0b1010_0000, unusedBits: 5 },
} as const;

/** An authority's certificate and key in PEM. */
export interface Issuer {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Makes the self-signed certificate of an authority. */
export function issueAuthority(keyPem: string, now: number): string {
  const certificate = start(keyPem, now, authorityDays);
  certificate.subject = nameOf(`Agate local CA ${randomBytes(4).toString('hex')}`);
  certificate.issuer = certificate.subject;
  certificate.extensions = [
    extension(identifiers.basicConstraints, new BasicConstraints({ cA: true }), true),
    extension(identifiers.keyUsage, usage(usages.signCertificates), true),
    extension(identifiers.subjectKeyIdentifier, octets(keyIdentifierOf(certificate))),
  ];
  return signed(certificate, keyPem);
}

/** Makes a certificate for host names, which may have a wildcard, and for the addresses of this machine. */
export function issueLeaf(issuer: Issuer, leafKeyPem: string, hostNames: readonly string[], now: number): string {
  const authority = Certificate.fromBER(new X509Certificate(issuer.certificatePem).raw);
  const certificate = start(leafKeyPem, now, leafDays);
  const names = [...hostNames, ...hostNames.map((name) => `${name}.localhost`), 'localhost', '127.0.0.1', '::1'];
  certificate.subject = nameOf((hostNames[0] ?? 'localhost').slice(0, 64));
  certificate.issuer = authority.subject;
  certificate.extensions = [
    extension(identifiers.basicConstraints, new BasicConstraints({ cA: false })),
    extension(identifiers.keyUsage, usage(usages.serveTls), true),
    extension(identifiers.extKeyUsage, new ExtKeyUsage({ keyPurposes: [identifiers.serverAuth] })),
    extension(identifiers.subjectAltName, new GeneralNames({ names: names.map(alternativeName) })),
    // Strict clients, as those of Python 3.13, go by both.
    extension(identifiers.subjectKeyIdentifier, octets(keyIdentifierOf(certificate))),
    extension(
      identifiers.authorityKeyIdentifier,
      new AuthorityKeyIdentifier({ keyIdentifier: octets(keyIdentifierOf(authority)) }),
    ),
  ];
  return signed(certificate, issuer.keyPem);
}

function start(keyPem: string, now: number, days: number): Certificate {
  const publicKey = createPublicKey(keyPem).export({ type: 'spki', format: 'der' });
  return new Certificate({
    version: 2,
    // The first bit is clear, or the number would be negative.
    serialNumber: new Integer({ valueHex: Buffer.concat([Buffer.from([1]), randomBytes(15)]) }),
    notBefore: timeOf(now - dayMilliseconds),
    notAfter: timeOf(now + days * dayMilliseconds),
    subjectPublicKeyInfo: PublicKeyInfo.fromBER(publicKey),
  });
}

/** From 2050 on years have four digits. https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5 */
function timeOf(milliseconds: number): Time {
  const value = new Date(milliseconds);
  return new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value });
}

/** One part after the other; of a name that it has not read PKI.js would make a single part with two values. */
function nameOf(commonName: string): RelativeDistinguishedNames {
  const parts = [
    [identifiers.commonName, commonName],
    [identifiers.organizationName, organisation],
  ] as const;
  const sets = parts.map(([type, value]) => {
    const part = new AttributeTypeAndValue({ type, value: new Utf8String({ value }) });
    return new SetOf({ value: [part.toSchema()] });
  });
  return RelativeDistinguishedNames.fromBER(new Sequence({ value: sets }).toBER());
}

function extension(
  extnID: string,
  content: { toSchema(): { toBER(): ArrayBuffer } } | { toBER(): ArrayBuffer },
  critical = false,
): Extension {
  const encoded = 'toSchema' in content ? content.toSchema() : content;
  return new Extension({ extnID, critical, extnValue: encoded.toBER() });
}

function usage({ bits, unusedBits }: { readonly bits: number; readonly unusedBits: number }): BitString {
  return new BitString({ valueHex: Buffer.from([bits]), unusedBits });
}

function alternativeName(name: string): GeneralName {
  const version = isIP(name);
  return version === 0
    ? new GeneralName({ type: 2, value: name })
    : new GeneralName({ type: 7, value: octets(addressBytes(name, version === 4 ? 32 : 128)) });
}

function addressBytes(address: string, bits: number): Buffer {
  const value = parseNetwork(`${address}/${bits}`)?.network.value ?? 0n;
  return Buffer.from(value.toString(16).padStart(bits / 4, '0'), 'hex');
}

/** What the certificate says of itself, or what most of them would say. */
function keyIdentifierOf({ extensions = [], subjectPublicKeyInfo }: Certificate): Buffer {
  const said = extensions.find(({ extnID }) => extnID === identifiers.subjectKeyIdentifier)?.parsedValue;
  if (said instanceof OctetString) return Buffer.from(said.valueBlock.valueHexView);
  return createHash('sha1').update(subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView).digest();
}

function octets(bytes: Buffer): OctetString {
  return new OctetString({ valueHex: bytes });
}

/** Node signs, which knows every kind of key. */
function signed(certificate: Certificate, keyPem: string): string {
  const key = createPrivateKey(keyPem);
  certificate.signature = signatureAlgorithmOf(key);
  certificate.signatureAlgorithm = certificate.signature;
  certificate.tbsView = new Uint8Array(certificate.encodeTBS().toBER());
  const signature = sign('sha256', certificate.tbsView, key);
  certificate.signatureValue = new BitString({ valueHex: signature });
  return new X509Certificate(Buffer.from(certificate.toSchema(true).toBER())).toString();
}

/** https://www.rfc-editor.org/rfc/rfc5912#section-6 */
function signatureAlgorithmOf({ asymmetricKeyType }: KeyObject): AlgorithmIdentifier {
  return asymmetricKeyType === 'ec'
    ? new AlgorithmIdentifier({ algorithmId: '1.2.840.10045.4.3.2' })
    : new AlgorithmIdentifier({ algorithmId: '1.2.840.113549.1.1.11', algorithmParams: new Null() });
}
