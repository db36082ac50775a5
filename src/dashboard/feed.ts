import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../base/clock.ts';
import type { EmulatorEvents, HealthChange } from '../observability/emulator-events.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import { type Pulse, TrafficPulse } from './traffic-pulse.ts';

/** A message of the feed. */
export type FeedMessage =
  | ({ readonly event: 'requests' } & Pulse)
  | ({ readonly event: 'health' } & HealthMessage)
  | { readonly event: 'notice'; readonly severity: 'info' | 'warning' | 'error'; readonly message: string }
  | { readonly event: 'member'; readonly pool: string; readonly member: string }
  | { readonly event: 'redeploy' };

interface HealthMessage {
  readonly pool: string;
  readonly member: string;
  readonly port: number;
  readonly settings: string;
  readonly health: 'Unknown' | 'Healthy' | 'Unhealthy';
  readonly message: string;
}

/** Requests are told together, so often that it looks like at once. */
const pulseMilliseconds = 200;

/** A reader that is so far behind misses messages about requests; they would only fill the memory. */
const maximumBufferedBytes = 1024 * 1024;

/** Tells whoever is connected what happens to the gateway. Costs next to nothing while nobody is. */
export class Feed {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  readonly #pulse = new TrafficPulse();
  readonly #clock: Clock;
  readonly #watching: readonly Disposable[];
  #timer: { dispose(): void } | null = null;

  constructor(events: EmulatorEvents, clock: Clock) {
    this.#clock = clock;
    this.#watching = [
      events.on('request', (record) => this.#note(record)),
      events.on('requestElsewhere', (record) => this.#note(record)),
      events.on('health', (change) => this.#tell({ event: 'health', ...describeChange(change) })),
      events.on('notice', ({ severity, message }) => this.#tell({ event: 'notice', severity, message })),
      events.on('member', ({ pool, member }) => this.#tell({ event: 'member', pool, member })),
      events.on('redeploy', () => this.#tell({ event: 'redeploy' })),
      // What a page shows of the gateway is out of date in the same way.
      events.on('addresses', () => this.#tell({ event: 'redeploy' })),
    ];
  }

  /** Takes a connection that asked for the feed. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (client) => {
      // A reader that breaks off is no fault of anybody's.
      client.on('error', () => client.terminate());
    });
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const watching of this.#watching) watching[Symbol.dispose]();
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #note(record: RequestRecord): void {
    if (this.#server.clients.size === 0) return;
    this.#pulse.add(record);
    this.#timer ??= this.#clock.after(pulseMilliseconds, () => this.#beat());
  }

  #beat(): void {
    this.#timer = null;
    const pulse = this.#pulse.take();
    if (pulse === null) return;
    this.#send({ event: 'requests', ...pulse }, (client) => client.bufferedAmount < maximumBufferedBytes);
  }

  #tell(message: FeedMessage): void {
    this.#send(message, () => true);
  }

  #send(message: FeedMessage, isMeant: (client: WebSocket) => boolean): void {
    if (this.#server.clients.size === 0) return;
    const text = JSON.stringify(message);
    for (const client of this.#server.clients) if (isMeant(client)) client.send(text);
  }
}

function describeChange({ server, after }: HealthChange): HealthMessage {
  return {
    pool: server.pool.name,
    member: server.address.address,
    port: server.address.port,
    settings: server.settings.name,
    health: after.health,
    message: after.log,
  };
}
