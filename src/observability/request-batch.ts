import { type EmulatorEvents, noticeOfFault } from './emulator-events.ts';
import type { RequestRecord } from './request-record.ts';

/** As many as make the first one's cost small; few enough to be no burden for the collector. */
const batchSize = 32;

/**
 * Requests that are dealt with some at a time. Between all the code that a request runs through, the code for a log
 * line found itself pushed out of the processor's caches each time: the first line cost twice what each of many more in
 * a row does.
 */
export class RequestBatch {
  readonly #events: EmulatorEvents;
  readonly #handle: (record: RequestRecord) => void;
  #records: RequestRecord[] = [];

  /** @param handle what it throws becomes a notice */
  constructor(events: EmulatorEvents, handle: (record: RequestRecord) => void) {
    this.#events = events;
    this.#handle = handle;
  }

  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  add(record: RequestRecord): void {
    this.#records.push(record);
    if (this.#records.length >= batchSize) this.flush();
  }

  /** Deals with what has been added until now. */
  flush(): void {
    const records = this.#records;
    this.#records = [];
    for (const record of records) {
      try {
        this.#handle(record);
      } catch (cause) {
        this.#events.emit('notice', noticeOfFault('request', cause));
      }
    }
  }
}
