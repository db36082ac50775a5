import { describeRequest, type RequestDescription } from '../observability/describe-request.ts';
import type { RequestRecord } from '../observability/request-record.ts';

/** Requests that took the same way. */
export interface Flow {
  readonly listener: string;
  readonly rule: string | null;
  readonly pathRule: string | null;
  readonly advancedRoutingRule: string | null;
  readonly pool: string | null;
  readonly member: string | null;
  readonly count: number;
}

/** What a moment of traffic looked like. */
export interface Pulse {
  readonly count: number;
  /** By group: `2xx` … `5xx`, and `none` for clients that got no answer. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly milliseconds: { readonly average: number; readonly maximum: number };
  readonly flows: readonly Flow[];
  /** The newest of them, newest first; the others are in the log only. */
  readonly requests: readonly RequestDescription[];
}

/** As many as a page can show of one moment. */
const maximumRequests = 50;

/** Gathers requests between two looks, so that heavy traffic does not become heavy messages. */
export class TrafficPulse {
  readonly #latest: RequestRecord[] = [];
  readonly #statuses = new Map<string, number>();
  readonly #flows = new Map<string, Flow & { count: number }>();
  #count = 0;
  #sum = 0;
  #maximum = 0;

  add(record: RequestRecord): void {
    this.#count++;
    this.#sum += record.totalMilliseconds;
    this.#maximum = Math.max(this.#maximum, record.totalMilliseconds);
    const group = record.status < 100 ? 'none' : `${Math.floor(record.status / 100)}xx`;
    this.#statuses.set(group, (this.#statuses.get(group) ?? 0) + 1);
    this.#addFlow(record);
    this.#latest.push(record);
    if (this.#latest.length > 2 * maximumRequests) this.#latest.splice(0, maximumRequests);
  }

  /** What was gathered since the last call; null when there was nothing. */
  take(): Pulse | null {
    if (this.#count === 0) return null;
    const pulse: Pulse = {
      count: this.#count,
      statuses: Object.fromEntries(this.#statuses),
      milliseconds: { average: round(this.#sum / this.#count), maximum: round(this.#maximum) },
      flows: [...this.#flows.values()],
      requests: this.#latest.slice(-maximumRequests).toReversed().map(describeRequest),
    };
    this.clear();
    return pulse;
  }

  clear(): void {
    this.#latest.length = 0;
    this.#statuses.clear();
    this.#flows.clear();
    this.#count = 0;
    this.#sum = 0;
    this.#maximum = 0;
  }

  #addFlow({ route, attempts }: RequestRecord): void {
    if (route?.listener == null) return;
    const server = attempts.at(-1)?.server;
    const way = {
      listener: route.listener.name,
      rule: route.rule?.name ?? null,
      pathRule: route.pathRule?.name ?? null,
      advancedRoutingRule: route.advancedRoutingRule?.name ?? null,
      pool: server?.pool.name ?? null,
      member: server?.address.address ?? null,
    };
    const key = Object.values(way).join('\n');
    const flow = this.#flows.get(key);
    if (flow === undefined) this.#flows.set(key, { ...way, count: 1 });
    else flow.count++;
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
