import type { RequestRecord } from './request-record.ts';

/** The latest requests; older ones make room. */
export class RequestLog {
  readonly #records: (RequestRecord | undefined)[];
  #count = 0;

  constructor(capacity: number) {
    this.#records = new Array<RequestRecord | undefined>(capacity);
  }

  add(record: RequestRecord): void {
    this.#records[this.#count % this.#records.length] = record;
    this.#count++;
  }

  /** Newest first. */
  latest(limit: number): RequestRecord[] {
    const found: RequestRecord[] = [];
    const oldest = Math.max(0, this.#count - Math.min(limit, this.#records.length));
    for (let index = this.#count - 1; index >= oldest; index--) {
      const record = this.#records[index % this.#records.length];
      if (record !== undefined) found.push(record);
    }
    return found;
  }

  find(traceId: string): RequestRecord | undefined {
    return this.#records.find((record) => record?.request.traceId === traceId);
  }
}
