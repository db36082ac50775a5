import type { Writable } from 'node:stream';
import { writeAccessLogLine } from './access-log.ts';
import type { EmulatorEvents } from './emulator-events.ts';
import { LineBuffer } from './line-buffer.ts';
import { RequestBatch } from './request-batch.ts';
import type { RequestRecord } from './request-record.ts';

/** What waits for a slow reader; lines beyond that are left out rather than kept in memory. */
const maximumWaitingBytes = 64 * 1024 * 1024;

/** Lines wait so long for others to be written with: a write of its own cost each more than making its text. */
const maximumWaitMilliseconds = 50;
/** So much is written without waiting longer. */
const pieceBytes = 256 * 1024;
/** A piece is full when it has no room for an ordinary line; a longer one makes its piece larger. */
const roomBytes = pieceBytes + 8 * 1024;
/** One is filled while one is written; more of them, 8 MB, when the disk falls behind for a moment. */
const maximumSpare = 32;

/** Writes a line per request, many in one piece; a slow reader never holds requests up. */
export class AccessLogWriter {
  readonly #events: EmulatorEvents;
  readonly #watching: Disposable;
  readonly #requests: RequestBatch;
  readonly #lines = new LineBuffer(Buffer.allocUnsafeSlow(roomBytes));
  #sink: Writable;
  /** Pieces that are full, while the reader is behind. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** Pieces that were written and can be filled again: new ones, outside of the heap, made V8 mark it all the time. */
  readonly #spare: Buffer[] = [];
  #timer: NodeJS.Timeout | null = null;
  #isFull = false;
  #leftOut = 0;

  constructor(events: EmulatorEvents, sink: Writable) {
    this.#events = events;
    this.#sink = sink;
    this.#requests = new RequestBatch(events, (record) => this.#add(record));
    this.#watching = events.on('request', (record) => {
      this.#requests.add(record);
      if (!this.#isFull) this.#wait();
    });
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
    const rest = Buffer.concat(this.#takePieces());
    this.#stopWaiting();
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
    if (!this.#hasRoom()) return;
    this.#lines.ascii(lines);
    this.#added();
  }

  #add(record: RequestRecord): void {
    if (!this.#hasRoom()) return;
    writeAccessLogLine(this.#lines, record);
    this.#lines.endLine();
    this.#added();
  }

  #hasRoom(): boolean {
    if (this.#waitingBytes + this.#lines.length < maximumWaitingBytes) return true;
    this.#leftOut++;
    return false;
  }

  #added(): void {
    if (this.#lines.length >= pieceBytes) this.#takeNextPiece();
    if (!this.#isFull) this.#writeSoon();
  }

  /** What is full now, and the rest when it has waited for more. */
  #writeSoon(): void {
    if (this.#waiting.length > 0) this.#flush();
    else if (this.#lines.length > 0 || !this.#requests.isEmpty) this.#wait();
  }

  #wait(): void {
    this.#timer ??= setTimeout(this.#flush, maximumWaitMilliseconds);
  }

  #takeNextPiece(): void {
    const piece = this.#lines.take(this.#spare.pop() ?? Buffer.allocUnsafeSlow(roomBytes));
    this.#waiting.push(piece);
    this.#waitingBytes += piece.length;
  }

  readonly #flush = (): void => {
    this.#stopWaiting();
    for (const piece of this.#takePieces()) {
      if (this.#sink.destroyed) return;
      this.#isFull = !this.#sink.write(piece, () => {
        const isOrdinary = piece.buffer.byteLength === roomBytes;
        if (isOrdinary && this.#spare.length < maximumSpare) this.#spare.push(Buffer.from(piece.buffer));
      });
    }
  };

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  readonly #onDrain = (): void => {
    this.#isFull = false;
    this.#writeSoon();
  };

  #takePieces(): Buffer[] {
    this.#requests.flush();
    if (this.#lines.length > 0) this.#takeNextPiece();
    const pieces = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return pieces;
  }
}
