import { createHash } from 'node:crypto';
import { type ClientHello, extensionNumbers } from './client-hello.ts';

const nothing = '000000000000';

/** As they stand in the fingerprint. */
const versionNames: ReadonlyMap<number, string> = new Map([
  [0x0304, '13'],
  [0x0303, '12'],
  [0x0302, '11'],
  [0x0301, '10'],
  [0x0300, 's3'],
]);

/**
 * Fingerprint of a client by its hello: what it offers in figures, then hashes over suites and extensions in a fixed
 * order, so that shuffling them changes nothing.
 * https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md
 */
export function ja4Fingerprint(hello: ClientHello): string {
  const suites = hello.cipherSuites.filter(isMeant);
  const extensions = hello.extensions.filter(isMeant);
  const version = versionNames.get(Math.max(...hello.versions.filter(isMeant))) ?? '00';
  const destination = extensions.includes(extensionNumbers.serverName) ? 'd' : 'i';
  const counts = `${twoDigits(suites.length)}${twoDigits(extensions.length)}`;
  const summary = `t${version}${destination}${counts}${ends(hello.protocols[0] ?? '')}`;
  return [summary, hash(inOrder(suites)), hash(extensionText(extensions, hello.signatureAlgorithms))].join('_');
}

/** Clients mix in numbers without meaning, so that servers stay tolerant. https://www.rfc-editor.org/rfc/rfc8701 */
function isMeant(number: number): boolean {
  return (number & 0x0f0f) !== 0x0a0a || number >> 8 !== (number & 0xff);
}

/** What the summary has told is left out; the order of signature algorithms is the client's. */
function extensionText(extensions: readonly number[], signatureAlgorithms: readonly number[]): string {
  const { serverName, applicationProtocols } = extensionNumbers;
  const others = inOrder(extensions.filter((type) => type !== serverName && type !== applicationProtocols));
  const algorithms = signatureAlgorithms.filter(isMeant).map(fourDigits).join(',');
  return algorithms === '' ? others : `${others}_${algorithms}`;
}

/** First and last character of a protocol's name, of its bytes in hexadecimal where those are no letters or digits. */
function ends(protocol: string): string {
  if (protocol === '') return '00';
  const isPlain = /^[\da-z](?:.*[\da-z])?$/is.test(protocol);
  const text = isPlain ? protocol : Buffer.from(protocol, 'latin1').toString('hex');
  return `${text.at(0)}${text.at(-1)}`;
}

function inOrder(numbers: readonly number[]): string {
  return numbers.map(fourDigits).toSorted().join(',');
}

function fourDigits(number: number): string {
  return number.toString(16).padStart(4, '0');
}

function twoDigits(count: number): string {
  return String(Math.min(count, 99)).padStart(2, '0');
}

function hash(text: string): string {
  return text === '' ? nothing : createHash('sha256').update(text).digest('hex').slice(0, 12);
}
