import type { Socket } from 'node:net';
import type { BackendHealth } from '../emulator/backend-health.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Gateway } from '../gateway/model.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import type { InstanceGroup } from './instance-group.ts';

/** The instances of a gateway as one: what is done to it is done to all of them. */
export class JointGateway implements Emulator {
  readonly #own: Emulator;
  readonly #others: InstanceGroup;

  constructor(own: Emulator, others: InstanceGroup) {
    this.#own = own;
    this.#others = others;
  }

  get gateway() {
    return this.#own.gateway;
  }

  get table() {
    return this.#own.table;
  }

  get events() {
    return this.#own.events;
  }

  get isReady() {
    return this.#own.isReady;
  }

  get listeners() {
    return this.#own.listeners;
  }

  get places() {
    return this.#own.places;
  }

  get backends() {
    return this.#own.backends;
  }

  get servers() {
    return this.#own.servers;
  }

  get mocks() {
    return this.#own.mocks;
  }

  get authority() {
    return this.#own.authority;
  }

  get certificateFiles() {
    return this.#own.certificateFiles;
  }

  /** Settles when all instances serve. */
  start(): Promise<void> {
    return this.#others.start(this.#own);
  }

  backendHealth(): BackendHealth {
    return this.#others.backendHealth(this.#own.backendHealth());
  }

  requests(limit?: number): readonly RequestRecord[] {
    return this.#own.requests(limit);
  }

  findRequest(traceId: string): RequestRecord | undefined {
    return this.#own.findRequest(traceId);
  }

  async setMemberState(pool: string, member: string, state: 'up' | 'down'): Promise<boolean> {
    if (!(await this.#own.setMemberState(pool, member, state))) return false;
    await this.#others.setMemberState(pool, member, state);
    return true;
  }

  deploy(gateway: Gateway): Promise<void> {
    return this.#others.deploy(() => this.#own.deploy(gateway));
  }

  take(entryPointKey: string, socket: Socket): boolean {
    return this.#own.take(entryPointKey, socket);
  }

  remember(record: RequestRecord): void {
    this.#own.remember(record);
  }

  async dispose(drainMilliseconds?: number): Promise<void> {
    await Promise.all([this.#own.dispose(drainMilliseconds), this.#others.stop(drainMilliseconds)]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose(0);
  }
}
