import type { Writable } from 'node:stream';
import { renderAccessLogLine } from './access-log.ts';
import type { EmulatorEvents } from './emulator-events.ts';
import type { RequestRecord } from './request-record.ts';

/** Lines are ASCII, which needs no encoding: this is the encoding that only copies. */
const encoding = 'latin1';

const newLine = 10;

/** What waits for a slow reader; lines beyond that are left out rather than kept in memory. */
const maximumWaitingBytes = 64 * 1024 * 1024;

/** Lines wait so long for others to be written with: a write of its own cost each more than making its text. */
const maximumWaitMilliseconds = 50;
/** So much is written without waiting longer. */
const pieceBytes = 256 * 1024;

/**
 * Writes a line per request, many in one piece; a slow reader never holds requests up. Lines are copied into the piece
 * at once: as texts they would be kept, and moved by the collector, until it is written.
 */
export class AccessLogWriter {
  readonly #events: EmulatorEvents;
  readonly #watching: Disposable;
  #sink: Writable;
  #piece: Buffer = Buffer.allocUnsafeSlow(pieceBytes);
  #used = 0;
  /** Pieces that are full, while the reader is behind. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** One that was written and can be filled again. */
  #spare: Buffer | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isFull = false;
  #leftOut = 0;

  constructor(events: EmulatorEvents, sink: Writable) {
    this.#events = events;
    this.#sink = sink;
    this.#watching = events.on('request', (record) => this.#add(record));
    this.#listenTo(sink);
  }

  /** Lines that were left out because the reader was too slow. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Goes on in another place; what came before still goes to the former one, unless that is behind. */
  useSink(sink: Writable): void {
    if (!this.#isFull) this.#flush();
    this.#sink.off('drain', this.#onDrain);
    this.#sink = sink;
    this.#isFull = false;
    this.#listenTo(sink);
    this.#flush();
  }

  /** Writes what is left. The sink stays open: it may be standard output. */
  async dispose(): Promise<void> {
    this.#watching[Symbol.dispose]();
    this.#sink.off('drain', this.#onDrain);
    this.#stopWaiting();
    const rest = Buffer.concat(this.#takePieces());
    if (rest.length === 0 || this.#sink.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#sink.write(rest, () => resolve());
    });
  }

  #listenTo(sink: Writable): void {
    sink.on('drain', this.#onDrain);
    sink.on('error', (cause) => {
      if (sink !== this.#sink) return;
      this.#watching[Symbol.dispose]();
      this.#takePieces();
      const message = `The access log cannot be written: ${cause.message}.`;
      this.#events.emit('notice', { severity: 'error', message, cause });
    });
  }

  /** Adds lines, each with its end, that another instance of the gateway has made. */
  append(lines: string): void {
    this.#push(lines.endsWith('\n') ? lines.slice(0, -1) : lines);
  }

  #add(record: RequestRecord): void {
    this.#push(renderAccessLogLine(record));
  }

  #push(line: string): void {
    const size = line.length + 1;
    if (this.#waitingBytes + this.#used + size > maximumWaitingBytes) {
      this.#leftOut++;
      return;
    }
    if (this.#used + size > this.#piece.length) this.#takeNextPiece(size);
    this.#piece.write(line, this.#used, encoding);
    this.#used += size;
    this.#piece[this.#used - 1] = newLine;
    if (this.#isFull) return;
    if (this.#waiting.length > 0) this.#flush();
    else this.#timer ??= setTimeout(this.#flush, maximumWaitMilliseconds);
  }

  #takeNextPiece(size: number): void {
    if (this.#used > 0) this.#waiting.push(this.#piece.subarray(0, this.#used));
    this.#waitingBytes += this.#used;
    const spare = this.#spare !== null && size <= pieceBytes ? this.#spare : null;
    this.#piece = spare ?? Buffer.allocUnsafeSlow(Math.max(pieceBytes, size));
    if (spare !== null) this.#spare = null;
    this.#used = 0;
  }

  readonly #flush = (): void => {
    this.#stopWaiting();
    for (const piece of this.#takePieces()) {
      if (this.#sink.destroyed) return;
      this.#isFull = !this.#sink.write(piece, () => {
        if (piece.buffer.byteLength === pieceBytes) this.#spare = Buffer.from(piece.buffer);
      });
    }
  };

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  readonly #onDrain = (): void => {
    this.#isFull = false;
    this.#flush();
  };

  #takePieces(): Buffer[] {
    if (this.#used > 0) this.#takeNextPiece(0);
    const pieces = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return pieces;
  }
}
