import type { Writable } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { timeOfV1 } from './access-log-v1.ts';
import type { EmulatorEvents } from './emulator-events.ts';
import type { MeteredGateway } from './metrics/gateway-metrics.ts';
import { isFailed } from './metrics/request-meter.ts';
import type { RequestRecord } from './request-record.ts';

const minuteMilliseconds = 60_000;

interface Tally {
  requests: number;
  failed: number;
  milliseconds: number;
  bytes: number;
}

/**
 * Writes a line of `ApplicationGatewayPerformanceLog` each minute, as v1 gateways do; v2 has metrics in its place. All
 * figures are text, as in Azure's lines.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-diagnostics#performance-log
 */
export class PerformanceLog {
  readonly #watched: MeteredGateway;
  readonly #clock: Clock;
  readonly #watching: Disposable;
  readonly #instance: number;
  #sink: Writable;
  #tally = emptyTally();
  #timer: { dispose(): void };

  /** @param instance which of the gateway's instances it tells of; each has a line of its own */
  constructor(events: EmulatorEvents, watched: MeteredGateway, clock: Clock, sink: Writable, instance = 0) {
    this.#instance = instance;
    this.#watched = watched;
    this.#clock = clock;
    this.#sink = sink;
    this.#watching = events.on('request', (record) => this.#count(record));
    this.#timer = this.#wait();
    sink.on('error', (cause) => {
      this.dispose();
      const message = `The performance log cannot be written: ${cause.message}.`;
      events.emit('notice', { severity: 'error', message, cause });
    });
  }

  useSink(sink: Writable): void {
    this.#sink = sink;
  }

  /** Adds lines, each with its end, that another instance of the gateway has made. */
  append(lines: string): void {
    this.#sink.write(lines);
  }

  dispose(): void {
    this.#timer.dispose();
    this.#watching[Symbol.dispose]();
  }

  #count(record: RequestRecord): void {
    const tally = this.#tally;
    tally.requests++;
    if (isFailed(record)) tally.failed++;
    tally.milliseconds += record.totalMilliseconds;
    tally.bytes += record.sentBytes;
  }

  #wait(): { dispose(): void } {
    return this.#clock.after(minuteMilliseconds, () => {
      this.#write();
      this.#timer = this.#wait();
    });
  }

  #write(): void {
    const tally = this.#tally;
    this.#tally = emptyTally();
    const { gateway } = this.#watched;
    if (gateway.sku.generation === 'v2') return;
    this.#sink.write(`${JSON.stringify(this.#describe(tally))}\n`);
  }

  #describe({ requests, failed, milliseconds, bytes }: Tally) {
    const hosts = this.#watched.hostCounts();
    const sum = (figure: (host: (typeof hosts)[number]) => number) =>
      hosts.reduce((total, host) => total + figure(host), 0);
    return {
      resourceId: this.#watched.gateway.id.toUpperCase(),
      operationName: 'ApplicationGatewayPerformance',
      time: timeOfV1(this.#clock.now()),
      category: 'ApplicationGatewayPerformanceLog',
      properties: {
        instanceId: `ApplicationGatewayRole_IN_${this.#instance}`,
        healthyHostCount: String(sum(({ healthy }) => healthy)),
        unHealthyHostCount: String(sum(({ unhealthy }) => unhealthy)),
        requestCount: String(requests),
        latency: String(requests === 0 ? 0 : Math.round(milliseconds / requests)),
        failedRequestCount: String(failed),
        throughput: String(Math.round(bytes / (minuteMilliseconds / 1000))),
      },
    };
  }
}

function emptyTally(): Tally {
  return { requests: 0, failed: 0, milliseconds: 0, bytes: 0 };
}
