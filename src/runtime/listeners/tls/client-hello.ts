/** What a client says before anything is encrypted. */
export interface ClientHello {
  /** null when the client names none. */
  readonly serverName: string | null;
  /** Numbers of the cipher suites it offers, in its order. */
  readonly cipherSuites: readonly number[];
  /** The version of the record, or what it offers instead of that. */
  readonly versions: readonly number[];
  /** Numbers of its extensions, in its order. */
  readonly extensions: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  /** Names of protocols for ALPN, a character a byte. */
  readonly protocols: readonly string[];
}

/** `incomplete`: more bytes are needed. `malformed`: not a handshake that OpenSSL would go on with either. */
export type HelloReading = ClientHello | 'incomplete' | 'malformed';

const handshakeRecord = 0x16;
const clientHelloMessage = 1;
const recordHeaderBytes = 5;
const messageHeaderBytes = 4;
/** Larger than any hello of today, those with post-quantum keys included. */
const maximumHelloBytes = 64 * 1024;
/** No client spreads its hello over as many; reading it after each of thousands would take long. */
const maximumRecords = 64;

/** https://www.iana.org/assignments/tls-extensiontype-values */
export const extensionNumbers = {
  serverName: 0,
  signatureAlgorithms: 13,
  applicationProtocols: 16,
  supportedVersions: 43,
} as const;
const hostNameType = 0;

/**
 * Reads the first message of a TLS connection from the bytes that have arrived. The choice of protocol versions and
 * cipher suites depends on the server name, which OpenSSL tells only when it has already made that choice.
 * https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2
 */
export function readClientHello(bytes: Buffer): HelloReading {
  const message = joinRecords(bytes);
  if (!Buffer.isBuffer(message)) return message;
  try {
    return parseMessage(new Cursor(message));
  } catch (error) {
    if (error instanceof RangeError) return 'malformed';
    throw error;
  }
}

/** The hello without its header; it may be spread over several records. */
function joinRecords(bytes: Buffer): Buffer | 'incomplete' | 'malformed' {
  const fragments: Buffer[] = [];
  let collected = 0;
  let wanted: number | null = null;
  for (let at = 0; fragments.length < maximumRecords; ) {
    if (bytes.length < at + recordHeaderBytes) return 'incomplete';
    const length = bytes.readUInt16BE(at + 3);
    if (bytes[at] !== handshakeRecord || length === 0) return 'malformed';
    const fragment = bytes.subarray(at + recordHeaderBytes, at + recordHeaderBytes + length);
    fragments.push(fragment);
    collected += fragment.length;
    if (fragments[0]?.length !== 0 && fragments[0]?.[0] !== clientHelloMessage) return 'malformed';
    wanted ??= messageLength(fragments, collected);
    if (wanted !== null && wanted > maximumHelloBytes) return 'malformed';
    if (wanted !== null && collected >= wanted) {
      return Buffer.concat(fragments, collected).subarray(messageHeaderBytes, wanted);
    }
    if (fragment.length < length) return 'incomplete';
    at += recordHeaderBytes + length;
  }
  return 'malformed';
}

/** Of the hello with its header; null when that has not come yet. */
function messageLength(fragments: readonly Buffer[], collected: number): number | null {
  if (collected < messageHeaderBytes) return null;
  return messageHeaderBytes + Buffer.concat(fragments, collected).readUIntBE(1, 3);
}

function parseMessage(message: Cursor): ClientHello {
  const randomBytes = 32;
  const version = message.uint16();
  message.skip(randomBytes);
  message.skip(message.uint8());
  const cipherSuites = message.take(message.uint16()).restAsUint16();
  message.skip(message.uint8());
  const extensions = message.isLeft ? readExtensions(message.take(message.uint16())) : [];
  const read = <T>(wanted: number, parse: (content: Cursor) => T): T | undefined => {
    const content = extensions.find(({ type }) => type === wanted)?.content;
    return content === undefined ? undefined : parse(content);
  };
  const { serverName, signatureAlgorithms, applicationProtocols, supportedVersions } = extensionNumbers;
  return {
    serverName: read(serverName, readServerName) ?? null,
    cipherSuites,
    versions: read(supportedVersions, (content) => content.take(content.uint8()).restAsUint16()) ?? [version],
    extensions: extensions.map(({ type }) => type),
    signatureAlgorithms: read(signatureAlgorithms, (content) => content.take(content.uint16()).restAsUint16()) ?? [],
    protocols: read(applicationProtocols, readProtocols) ?? [],
  };
}

interface Extension {
  readonly type: number;
  readonly content: Cursor;
}

function readExtensions(extensions: Cursor): Extension[] {
  const found: Extension[] = [];
  while (extensions.isLeft) {
    const type = extensions.uint16();
    found.push({ type, content: extensions.take(extensions.uint16()) });
  }
  return found;
}

function readProtocols(content: Cursor): string[] {
  const names = content.take(content.uint16());
  const protocols: string[] = [];
  while (names.isLeft) protocols.push(names.take(names.uint8()).text());
  return protocols;
}

function readServerName(content: Cursor): string | null {
  const names = content.take(content.uint16());
  while (names.isLeft) {
    const type = names.uint8();
    const name = names.take(names.uint16()).text();
    if (type === hostNameType && name !== '') return name;
  }
  return null;
}

/** Reads numbers one after the other; throws a RangeError behind the end. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isLeft(): boolean {
    return this.#at < this.#bytes.length;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#advance(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16BE(this.#advance(2));
  }

  skip(length: number): void {
    this.#advance(length);
  }

  take(length: number): Cursor {
    const start = this.#advance(length);
    return new Cursor(this.#bytes.subarray(start, start + length));
  }

  restAsUint16(): number[] {
    const numbers: number[] = [];
    while (this.isLeft) numbers.push(this.uint16());
    return numbers;
  }

  text(): string {
    return this.#bytes.toString('latin1');
  }

  #advance(length: number): number {
    const start = this.#at;
    if (start + length > this.#bytes.length) throw new RangeError('The message ends too early.');
    this.#at += length;
    return start;
  }
}
