import type { Writable } from 'node:stream';
import { renderAccessLogLine } from './access-log.ts';
import type { EmulatorEvents } from './emulator-events.ts';
import type { RequestRecord } from './request-record.ts';

/** Lines are ASCII, which needs no encoding: this is the encoding that only copies. */
const encoding = 'latin1';

/** Lines that wait for a slow reader; more are left out rather than kept in memory. */
const maximumWaitingLines = 100_000;

/** Lines wait so long for others to be written with: a write of its own cost each more than making its text. */
const maximumWaitMilliseconds = 50;
/** So many are written without waiting longer. */
const linesPerWrite = 512;

/** Writes a line per request, many in one piece; a slow reader never holds requests up. */
export class AccessLogWriter {
  readonly #events: EmulatorEvents;
  readonly #watching: Disposable;
  #sink: Writable;
  #lines: string[] = [];
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
    const text = this.#takeLines();
    if (text === '' || this.#sink.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#sink.write(text, encoding, () => resolve());
    });
  }

  #listenTo(sink: Writable): void {
    sink.on('drain', this.#onDrain);
    sink.on('error', (cause) => {
      if (sink !== this.#sink) return;
      this.#watching[Symbol.dispose]();
      this.#lines = [];
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
    if (this.#lines.length >= maximumWaitingLines) {
      this.#leftOut++;
      return;
    }
    this.#lines.push(line);
    if (this.#isFull) return;
    if (this.#lines.length >= linesPerWrite) this.#flush();
    else this.#timer ??= setTimeout(this.#flush, maximumWaitMilliseconds);
  }

  readonly #flush = (): void => {
    this.#stopWaiting();
    const text = this.#takeLines();
    if (text !== '' && !this.#sink.destroyed) this.#isFull = !this.#sink.write(text, encoding);
  };

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  readonly #onDrain = (): void => {
    this.#isFull = false;
    this.#flush();
  };

  #takeLines(): string {
    if (this.#lines.length === 0) return '';
    const text = `${this.#lines.join('\n')}\n`;
    this.#lines = [];
    return text;
  }
}
