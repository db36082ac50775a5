import { CaseInsensitiveMap, sameName } from '../../base/case-insensitive-map.ts';
import { systemClock } from '../../base/clock.ts';
import type { ListenerDescription } from '../../emulator/descriptions.ts';
import type { Emulator } from '../../emulator/emulator.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import { within } from '../../emulator/within.ts';
import type { ReceivedRequest } from '../../mock-backend/mock-backend.ts';
import { EmulatorEvents, type Notice } from '../../observability/emulator-events.ts';
import type { RequestRecord } from '../../observability/request-record.ts';

/** The record of a request is complete a little later than its answer. */
const recordMilliseconds = 5_000;

/** A connection from which one request is sent. */
export interface Tracked {
  /** What the gateway decided about the request and what stand-ins received of it; null when it came to nothing. */
  finished(): Promise<Outcome | null>;
  /** Stops following. */
  dispose(): void;
}

export interface Outcome {
  readonly record: RequestRecord;
  readonly received: readonly ReceivedRequest[];
}

/** A running gateway that tells what became of each request. */
export class TestBed {
  readonly emulator: Emulator;
  readonly #clientIps: Map<number, string>;
  readonly #watchers = new Map<string, (record: RequestRecord) => void>();
  readonly #received = new CaseInsensitiveMap<ReceivedRequest[]>();
  readonly #notices: readonly Notice[];

  private constructor(emulator: Emulator, clientIps: Map<number, string>, notices: readonly Notice[]) {
    this.emulator = emulator;
    this.#clientIps = clientIps;
    this.#notices = notices;
    emulator.events.on('request', (record) => this.#watchers.get(keyOf(record.request))?.(record));
    for (const mock of emulator.mocks) mock.onReceived = (request) => this.#onReceived(request);
  }

  /** Starts the gateway on free ports. */
  static async start(options: EmulatorOptions): Promise<TestBed> {
    const clientIps = new Map<number, string>();
    const { events = new EmulatorEvents() } = options;
    const notices: Notice[] = [];
    events.on('notice', (notice) => notices.push(notice));
    const emulator = await startEmulator({ ...options, listen: { all: 0 }, clientIps, events });
    return new TestBed(emulator, clientIps, notices);
  }

  /** What the gateway has to say about a listener that cannot be reached. */
  troubleWith({ port, address }: ListenerDescription): readonly string[] {
    const names = this.emulator.listeners.flatMap((each) =>
      each.port === port && each.address === address ? [`'${each.name}'`] : [],
    );
    return this.#notices.flatMap(({ severity, message }) =>
      severity !== 'info' && names.some((name) => message.includes(name)) ? [message] : [],
    );
  }

  /**
   * Follows the request that will come from a port. The gateway does not tell clients how it names their request, so
   * the port a client connects from is what ties the two together.
   */
  track(frontendPort: number, clientPort: number, clientIp: string | undefined): Tracked {
    const key = keyOf({ serverPort: frontendPort, clientPort });
    const record = new Promise<RequestRecord>((resolve) => this.#watchers.set(key, resolve));
    if (clientIp !== undefined) this.#clientIps.set(clientPort, clientIp);
    return {
      finished: () => this.#outcome(record),
      dispose: () => {
        this.#watchers.delete(key);
        this.#clientIps.delete(clientPort);
      },
    };
  }

  dispose(): Promise<void> {
    return this.emulator.dispose(0);
  }

  async #outcome(awaited: Promise<RequestRecord>): Promise<Outcome | null> {
    if (!(await within(systemClock, recordMilliseconds, awaited))) return null;
    const record = await awaited;
    const { traceId } = record.request;
    const received = this.#received.get(traceId) ?? [];
    this.#received.delete(traceId);
    return { record, received };
  }

  #onReceived(request: ReceivedRequest): void {
    const { rawHeaders } = request;
    const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && sameName(name, 'x-appgw-trace-id'));
    const traceId = rawHeaders[at + 1] ?? '';
    const earlier = this.#received.get(traceId);
    if (earlier === undefined) this.#received.set(traceId, [request]);
    else earlier.push(request);
  }
}

function keyOf({ serverPort, clientPort }: { readonly serverPort: number; readonly clientPort: number }): string {
  return `${serverPort} ${clientPort}`;
}
