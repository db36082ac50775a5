import type { BackendAddressPool, BackendHttpSettings, HttpListener } from '../../gateway/model.ts';
import type { BackendServer } from '../../runtime/backends/backend-server.ts';
import type { BackendAttempt, RequestRecord } from '../request-record.ts';
import type { MetricStore } from './metric-store.ts';
import type { Series } from './series.ts';

/** Series that belong together, found once and then kept as long as the object they belong to. */
interface ListenerSeries {
  readonly name: string;
  readonly totalTime: Series;
  readonly bytesReceived: Series;
  readonly bytesSent: Series;
  /** By version of TLS. */
  readonly tls: Map<string, Series>;
  readonly servers: WeakMap<BackendServer, ServerSeries>;
}

interface ServerSeries {
  readonly connect: Series;
  readonly firstByte: Series;
  readonly lastByte: Series;
  readonly statuses: StatusSeries;
}

interface PoolSeries {
  readonly total: Series;
  readonly failed: Series;
  readonly perHealthyHost: Series;
  readonly healthyHosts: Series;
}

type StatusSeries = (Series | undefined)[];

/** `web~web-settings`, the value of Azure's dimension BackendSettingsPool. */
export function settingsPoolOf(pool: string, settings: string): string {
  return `${pool}~${settings}`;
}

/** Measures requests that are over. */
export class RequestMeter {
  readonly #store: MetricStore;
  readonly #listeners = new WeakMap<HttpListener, ListenerSeries>();
  readonly #noListener: ListenerSeries;
  readonly #pools = new WeakMap<BackendHttpSettings, Map<BackendAddressPool | null, PoolSeries>>();
  readonly #noPool: PoolSeries;
  readonly #statuses: StatusSeries = [];
  readonly #throughput: Series;

  constructor(store: MetricStore) {
    this.#store = store;
    this.#noListener = this.#makeListener('');
    this.#noPool = this.#makePool('');
    this.#throughput = store.series('Throughput');
  }

  measure(record: RequestRecord): void {
    const { route, attempts, totalMilliseconds, sentBytes } = record;
    const minute = Math.floor((record.startedAt + totalMilliseconds) / 60_000);
    const listener = this.#listenerOf(route?.listener ?? null);
    listener.totalTime.add(totalMilliseconds, minute);
    listener.bytesReceived.add(record.receivedBytes, minute);
    listener.bytesSent.add(sentBytes, minute);
    this.#throughput.add(sentBytes, minute);
    this.#tlsOf(listener, record.request.tls?.protocol ?? 'None').add(1, minute);
    // A client that got no answer at all is in no group.
    if (record.status >= 100) {
      statusOf(this.#statuses, record.status, (group) => this.#store.series('ResponseStatus', group)).add(1, minute);
    }
    this.#measurePool(record, minute);
    for (const attempt of attempts) this.#measureAttempt(listener, attempt, minute);
  }

  #measurePool(record: RequestRecord, minute: number): void {
    const pool = this.#poolOf(record);
    pool.total.add(1, minute);
    if (isFailed(record)) pool.failed.add(1, minute);
    const hosts = pool.healthyHosts.last;
    if (hosts > 0) pool.perHealthyHost.add(1 / hosts, minute);
  }

  #measureAttempt(listener: ListenerSeries, attempt: BackendAttempt, minute: number): void {
    const { server, startedAt, connectedAt, headAt, endedAt, status } = attempt;
    const series = listener.servers.get(server) ?? this.#makeServer(listener, server);
    if (connectedAt !== null) series.connect.add(connectedAt - startedAt, minute);
    if (headAt !== null) series.firstByte.add(headAt - startedAt, minute);
    if (endedAt !== null && headAt !== null) series.lastByte.add(endedAt - startedAt, minute);
    if (status === null) return;
    const { address, port, pool, settings } = namesOf(server);
    statusOf(series.statuses, status, (group) =>
      this.#store.series('BackendResponseStatus', `${address}:${port}`, pool, settings, group),
    ).add(1, minute);
  }

  #listenerOf(listener: HttpListener | null): ListenerSeries {
    if (listener === null) return this.#noListener;
    const known = this.#listeners.get(listener);
    if (known !== undefined) return known;
    const made = this.#makeListener(listener.name);
    this.#listeners.set(listener, made);
    return made;
  }

  #makeListener(name: string): ListenerSeries {
    return {
      name,
      totalTime: this.#store.series('ApplicationGatewayTotalTime', name),
      bytesReceived: this.#store.series('BytesReceived', name),
      bytesSent: this.#store.series('BytesSent', name),
      tls: new Map(),
      servers: new WeakMap(),
    };
  }

  #makeServer(listener: ListenerSeries, server: BackendServer): ServerSeries {
    const { address, port, pool, settings } = namesOf(server);
    const dimensions = [listener.name, `${address}:${port}`, pool, settings] as const;
    const made = {
      connect: this.#store.series('BackendConnectTime', ...dimensions),
      firstByte: this.#store.series('BackendFirstByteResponseTime', ...dimensions),
      lastByte: this.#store.series('BackendLastByteResponseTime', ...dimensions),
      statuses: [],
    };
    listener.servers.set(server, made);
    return made;
  }

  #tlsOf({ name, tls }: ListenerSeries, protocol: string): Series {
    const known = tls.get(protocol);
    if (known !== undefined) return known;
    const made = this.#store.series('TlsProtocol', name, protocol);
    tls.set(protocol, made);
    return made;
  }

  /** The pool that was tried last, or the one that nobody of could be tried. */
  #poolOf({ route, attempts }: RequestRecord): PoolSeries {
    const outcome = route?.outcome;
    if (outcome?.kind !== 'forward') return this.#noPool;
    const { settings } = outcome;
    const pool = attempts.at(-1)?.server.pool ?? outcome.pool;
    const ofSettings = this.#pools.get(settings) ?? new Map<BackendAddressPool | null, PoolSeries>();
    this.#pools.set(settings, ofSettings);
    const known = ofSettings.get(pool);
    if (known !== undefined) return known;
    const made = this.#makePool(settingsPoolOf(pool?.name ?? '', settings.name));
    ofSettings.set(pool, made);
    return made;
  }

  #makePool(settingsPool: string): PoolSeries {
    return {
      total: this.#store.series('TotalRequests', settingsPool),
      failed: this.#store.series('FailedRequests', settingsPool),
      perHealthyHost: this.#store.series('AvgRequestCountPerHealthyHost', settingsPool),
      healthyHosts: this.#store.series('HealthyHostCount', settingsPool),
    };
  }
}

/** https://learn.microsoft.com/azure/application-gateway/application-gateway-metrics#metrics-supported-by-application-gateway-v1-sku */
export function isFailed({ gateway, status, attempts }: RequestRecord): boolean {
  if (gateway.sku.generation === 'v2') return status >= 500;
  return attempts.some(({ failure }) => failure !== null);
}

function statusOf(groups: StatusSeries, status: number, make: (group: string) => Series): Series {
  const group = Math.floor(status / 100);
  const known = groups[group];
  if (known !== undefined) return known;
  const made = make(`${group}xx`);
  groups[group] = made;
  return made;
}

function namesOf({ address, pool, settings }: BackendServer) {
  return { address: address.address, port: address.port, pool: pool.name, settings: settings.name };
}
