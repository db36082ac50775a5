import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { EmulatorError } from '../base/errors.ts';
import { renderAccessLogLine } from './access-log.ts';
import type { EmulatorEvents } from './emulator-events.ts';
import type { RequestRecord } from './request-record.ts';

/** Lines that wait for a slow reader; more are left out rather than kept in memory. */
const maximumWaitingLines = 100_000;

/**
 * Writes a line per request. Lines of one turn of the event loop leave in one piece, and a slow reader never holds
 * requests up.
 */
export class AccessLogWriter {
  readonly #sink: Writable;
  readonly #watching: Disposable;
  #lines: string[] = [];
  #isScheduled = false;
  #isFull = false;
  #leftOut = 0;

  constructor(events: EmulatorEvents, sink: Writable) {
    this.#sink = sink;
    this.#watching = events.on('request', (record) => this.#add(record));
    sink.on('drain', this.#onDrain);
    sink.on('error', (cause) => {
      this.#watching[Symbol.dispose]();
      this.#lines = [];
      events.emit('notice', {
        severity: 'error',
        message: `The access log cannot be written: ${cause.message}.`,
        cause,
      });
    });
  }

  /** Lines that were left out because the reader was too slow. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Writes what is left. The sink stays open: it may be standard output. */
  async dispose(): Promise<void> {
    this.#watching[Symbol.dispose]();
    this.#sink.off('drain', this.#onDrain);
    const text = this.#takeLines();
    if (text === '' || this.#sink.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#sink.write(text, () => resolve());
    });
  }

  #add(record: RequestRecord): void {
    if (this.#lines.length >= maximumWaitingLines) {
      this.#leftOut++;
      return;
    }
    this.#lines.push(renderAccessLogLine(record));
    if (this.#isScheduled || this.#isFull) return;
    this.#isScheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#isScheduled = false;
    const text = this.#takeLines();
    if (text !== '' && !this.#sink.destroyed) this.#isFull = !this.#sink.write(text);
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

/** A file at whose end lines are added. */
export interface LogFile {
  readonly stream: Writable;
  /** Settles when everything is in the file. */
  close(): Promise<void>;
}

/** @throws EmulatorError `FileUnreadable` when it cannot be written */
export async function openLogFile(path: string): Promise<LogFile> {
  try {
    const stream = (await open(path, 'a')).createWriteStream();
    return {
      stream,
      async close() {
        if (stream.destroyed) return;
        stream.end();
        await finished(stream);
      },
    };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new EmulatorError('FileUnreadable', `The access log '${path}' cannot be written: ${detail}.`, {
      hint: 'Name a file in a folder that exists and may be written to.',
      cause,
    });
  }
}
