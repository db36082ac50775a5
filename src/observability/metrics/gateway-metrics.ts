import type { Clock } from '../../base/clock.ts';
import type { Gateway } from '../../gateway/model.ts';
import type { EmulatorEvents } from '../emulator-events.ts';
import { RequestBatch } from '../request-batch.ts';
import type { MetricName } from './metric-definitions.ts';
import { MetricStore } from './metric-store.ts';
import { RequestMeter, settingsPoolOf } from './request-meter.ts';
import type { Series } from './series.ts';
import { type MetricSnapshot, mergeSeries, sharedMetrics } from './shared-metrics.ts';

/** What a metric can only ask the running gateway for. */
export interface MeteredGateway {
  readonly gateway: Gateway;
  /** Servers by pool and settings. */
  hostCounts(): readonly HostCount[];
}

export interface HostCount {
  readonly pool: string;
  readonly settings: string;
  readonly healthy: number;
  readonly unhealthy: number;
}

/** Counts and measures what happens to a gateway, from its events alone, under Azure's names. */
export class GatewayMetrics {
  readonly #store = new MetricStore();
  /** What other instances of the gateway have measured. */
  readonly #others = new Map<number, MetricStore>();
  readonly #clock: Clock;
  readonly #watched: MeteredGateway;
  readonly #watching: readonly Disposable[];
  readonly #requests: RequestBatch;
  #openConnections = 0;

  constructor(events: EmulatorEvents, watched: MeteredGateway, clock: Clock) {
    this.#clock = clock;
    this.#watched = watched;
    const meter = new RequestMeter(this.#store);
    this.#requests = new RequestBatch(events, (record) => meter.measure(record));
    this.#watching = [
      events.on('request', (record) => this.#requests.add(record)),
      events.on('measured', (instance, snapshots) => this.#adopt(instance, snapshots)),
      events.on('connection', (change) => this.#countConnection(change)),
      events.on('health', () => this.#countHosts()),
      events.on('member', () => this.#countHosts()),
      events.on('redeploy', () => this.#noteDeployment()),
    ];
    this.#store.series('CurrentConnections').add(0, this.minute);
    this.#noteDeployment();
  }

  get gateway(): Gateway {
    return this.#watched.gateway;
  }

  /** Minutes since 1970-01-01 UTC. */
  get minute(): number {
    return Math.floor(this.#clock.now() / 60_000);
  }

  get secondOfMinute(): number {
    return (this.#clock.now() / 1000) % 60;
  }

  all(name: MetricName): readonly Series[] {
    this.#requests.flush();
    return mergeSeries(name, [this.#store, ...this.#others.values()]);
  }

  /** What was measured here, for the instance that tells of all. */
  snapshot(): readonly MetricSnapshot[] {
    this.#requests.flush();
    return sharedMetrics.flatMap((name) =>
      this.#store.all(name).map((series) => ({ name, ...series.snapshot(this.minute - 1) })),
    );
  }

  dispose(): void {
    for (const watching of this.#watching) watching[Symbol.dispose]();
  }

  #adopt(instance: number, snapshots: readonly MetricSnapshot[]): void {
    const store = this.#others.get(instance) ?? new MetricStore();
    this.#others.set(instance, store);
    for (const { name, ...snapshot } of snapshots) store.series(name, ...snapshot.dimensions).adopt(snapshot);
  }

  #countConnection(change: 'opened' | 'closed'): void {
    // One that was opened before anybody counted may close.
    this.#openConnections = Math.max(0, this.#openConnections + (change === 'opened' ? 1 : -1));
    this.#store.series('CurrentConnections').add(this.#openConnections, this.minute);
    if (change === 'opened') this.#store.series('NewConnectionsPerSecond').add(1, this.minute);
  }

  #noteDeployment(): void {
    const { autoscale, sku } = this.gateway;
    const instances = autoscale?.minCapacity ?? sku.capacity ?? 0;
    this.#store.series('FixedBillableCapacityUnits').add(instances * 10, this.minute);
    this.#countHosts();
  }

  #countHosts(): void {
    // Requests that are over were shared among the hosts that were healthy then.
    this.#requests.flush();
    const present = new Set<string>();
    for (const { pool, settings, healthy, unhealthy } of this.#watched.hostCounts()) {
      const settingsPool = settingsPoolOf(pool, settings);
      present.add(settingsPool);
      this.#setHosts(settingsPool, healthy, unhealthy);
    }
    const known = this.#store.all('UnhealthyHostCount').map(({ dimensions }) => dimensions[0] ?? '');
    for (const settingsPool of known) if (!present.has(settingsPool)) this.#setHosts(settingsPool, 0, 0);
  }

  #setHosts(settingsPool: string, healthy: number, unhealthy: number): void {
    this.#store.series('HealthyHostCount', settingsPool).add(healthy, this.minute);
    this.#store.series('UnhealthyHostCount', settingsPool).add(unhealthy, this.minute);
  }
}
