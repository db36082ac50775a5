import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** https://www.rfc-editor.org/rfc/rfc9113#section-6 */
export const frameTypes = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const flags = { none: 0, endStream: 1, ack: 1, endHeaders: 4 } as const;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

export type Lines = readonly (readonly [name: string, value: string])[];

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const frameHeadBytes = 9;

export function frame(type: number, flagBits: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(frameHeadBytes);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flagBits, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Header lines as literals without compression, so that there is nothing that an encoder would not write. */
export function encodeLines(lines: Lines): Buffer {
  return Buffer.concat(lines.flatMap(([name, value]) => [Buffer.of(0), encodeText(name), encodeText(value)]));
}

// https://www.rfc-editor.org/rfc/rfc7541#section-5.1
function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const limit = 127;
  if (bytes.length < limit) return Buffer.concat([Buffer.of(bytes.length), bytes]);
  const size = [limit];
  let rest = bytes.length - limit;
  for (; rest >= 128; rest = Math.floor(rest / 128)) size.push((rest % 128) + 128);
  return Buffer.concat([Buffer.from([...size, rest]), bytes]);
}

/** A client that writes frames as a test wants them, right or wrong. */
export class RawHttp2Client {
  readonly frames: Frame[] = [];
  readonly socket: TLSSocket;
  readonly closed: Promise<unknown>;
  #rest = Buffer.alloc(0);
  #waiting: (() => void)[] = [];

  private constructor(socket: TLSSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('close', () => this.#wake());
  }

  static async connect(port: number): Promise<RawHttp2Client> {
    const socket = connect({ port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const client = new RawHttp2Client(socket);
    client.send(Buffer.from(preface), frame(frameTypes.settings, flags.none, 0));
    return client;
  }

  send(...frames: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** Resolves with the first frame that fits, also one that is there already; null when the connection is closed. */
  async frame(fits: (frame: Frame) => boolean): Promise<Frame | null> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      if (this.socket.destroyed) return null;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= frameHeadBytes) {
      const end = frameHeadBytes + this.#rest.readUIntBE(0, 3);
      if (this.#rest.length < end) break;
      this.frames.push({
        type: this.#rest.readUInt8(3),
        flags: this.#rest.readUInt8(4),
        stream: this.#rest.readUInt32BE(5),
        payload: this.#rest.subarray(frameHeadBytes, end),
      });
      this.#rest = this.#rest.subarray(end);
    }
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}
