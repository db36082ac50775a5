import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { type Clock, systemClock } from '../base/clock.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { meteredGatewayOf } from '../emulator/metered-gateway.ts';
import { AccessLogWriter } from '../observability/access-log-writer.ts';
import { EmulatorEvents } from '../observability/emulator-events.ts';
import { GatewayMetrics } from '../observability/metrics/gateway-metrics.ts';
import { PerformanceLog } from '../observability/performance-log.ts';
import type { Assignment, FromInstance, LogKind, ToInstance } from './messages.ts';
import { faultToSend } from './sent-fault.ts';
import { pack, type TransferredRequest } from './transferred-request.ts';

const reportMilliseconds = 250;
/** Of the requests between two reports; as many as one can read, and few enough not to slow the others down. */
const maximumRequests = 50;

type Send = (message: FromInstance, sent?: () => void) => void;
type Start = Extract<ToInstance, { kind: 'start' }>;

/** One of several processes that serve a gateway: it gets its connections from the one that listens. */
export class Instance {
  readonly #send: Send;
  readonly #clock: Clock;
  readonly #events = new EmulatorEvents();
  readonly #places = new Map<string, { readonly address: string; readonly port: number }>();
  #backends: Assignment['backends'] = [];
  #authority: Assignment['authority'] = null;
  #requests: TransferredRequest[] = [];
  #hasNews = true;
  #emulator: Emulator | null = null;
  #metrics: GatewayMetrics | null = null;
  #accessLog: AccessLogWriter | null = null;
  #performanceLog: PerformanceLog | null = null;
  #timer: { dispose(): void } | null = null;

  constructor(send: Send, clock: Clock = systemClock) {
    this.#send = send;
    this.#clock = clock;
  }

  /** Does what a message asks for; those with an id are answered when it is done. */
  receive(message: ToInstance, socket: Socket | undefined): void {
    if (message.kind === 'connection') {
      // Its client may have left on the way.
      if (socket !== undefined && this.#emulator?.take(message.entryPoint, socket) !== true) socket.destroy();
      return;
    }
    this.#carryOut(message).then(
      () => this.#send({ kind: 'done', id: message.id, fault: null }),
      (fault: unknown) => this.#send({ kind: 'done', id: message.id, fault: faultToSend(fault) }),
    );
  }

  async #carryOut(message: Exclude<ToInstance, { kind: 'connection' }>): Promise<void> {
    switch (message.kind) {
      case 'start':
        return this.#start(message);
      case 'deploy':
        this.#take(message.assignment);
        return this.#emulator?.deploy(message.assignment.gateway);
      case 'member':
        await this.#emulator?.setMemberState(message.pool, message.member, message.state);
        return;
      case 'stop':
        return this.#stop(message.drainMilliseconds);
      default:
        message satisfies never;
    }
  }

  async #start({ number, options, assignment, logs }: Start): Promise<void> {
    this.#take(assignment);
    this.#watch();
    if (logs.includes('access')) this.#accessLog = new AccessLogWriter(this.#events, this.#sink('access'));
    const emulator = await startEmulator({
      ...options,
      gateway: assignment.gateway,
      events: this.#events,
      clock: this.#clock,
      instance: {
        number,
        acceptedAt: this.#places,
        standIns: (pool, member, port) => this.#standIn(pool, member, port),
        authority: () => this.#authority,
      },
    });
    this.#emulator = emulator;
    const metered = meteredGatewayOf(emulator);
    this.#metrics = new GatewayMetrics(this.#events, metered, this.#clock);
    if (logs.includes('performance')) {
      const sink = this.#sink('performance');
      this.#performanceLog = new PerformanceLog(this.#events, metered, this.#clock, sink, number);
    }
    for (const { pool, member } of assignment.down) await emulator.setMemberState(pool, member, 'down');
    this.#report();
    this.#wait();
  }

  async #stop(drainMilliseconds: number | undefined): Promise<void> {
    await this.#emulator?.dispose(drainMilliseconds);
    this.#timer?.dispose();
    this.#performanceLog?.dispose();
    await this.#accessLog?.dispose();
    this.#report();
  }

  #take({ places, backends, authority }: Assignment): void {
    this.#places.clear();
    for (const [key, place] of places) this.#places.set(key, place);
    this.#backends = backends;
    this.#authority = authority;
  }

  #standIn(pool: string, member: string, port: number) {
    const found = this.#backends.find(
      (each) => each.kind === 'mock' && each.pool === pool && each.member === member && each.port === port,
    );
    if (found?.target == null) return undefined;
    const url = new URL(found.target);
    return { protocol: 'http', host: url.hostname, port: Number(url.port) } as const;
  }

  #watch(): void {
    const news = () => {
      this.#hasNews = true;
    };
    this.#events.on('request', (record) => {
      news();
      if (this.#requests.length < maximumRequests) this.#requests.push(pack(record));
    });
    this.#events.on('connection', news);
    this.#events.on('health', news);
    this.#events.on('notice', ({ severity, message }) => this.#send({ kind: 'notice', notice: { severity, message } }));
  }

  #wait(): void {
    this.#timer = this.#clock.after(reportMilliseconds, () => {
      if (this.#hasNews) this.#report();
      this.#wait();
    });
  }

  #report(): void {
    if (this.#emulator === null || this.#metrics === null) return;
    this.#hasNews = false;
    const requests = this.#requests;
    this.#requests = [];
    const health = this.#emulator.backendHealth();
    this.#send({ kind: 'report', report: { requests, metrics: this.#metrics.snapshot(), health } });
  }

  /** Lines of a log go where all instances' lines come together. */
  #sink(log: LogKind): Writable {
    return new Writable({
      decodeStrings: false,
      write: (text: string | Buffer, _encoding, written) => {
        this.#send({ kind: 'log', log, text: text.toString() }, written);
      },
    });
  }
}
