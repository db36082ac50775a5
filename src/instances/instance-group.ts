import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import type { BackendHealth } from '../emulator/backend-health.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { EmulatorOptions } from '../emulator/options.ts';
import { mergeBackendHealth } from './merge-backend-health.ts';
import type { Assignment, FromInstance, InstanceReport, LogKind, SentOptions, ToInstance } from './messages.ts';
import { receivedFault } from './sent-fault.ts';
import { unpack } from './transferred-request.ts';

export interface GroupOptions {
  /** How many instances there are besides the one in this process. */
  readonly others: number;
  /** The program that an instance is. */
  readonly program: string;
  readonly emulator: Omit<EmulatorOptions, 'gateway'>;
  /** The logs whose lines `onLog` receives. */
  readonly logs: readonly LogKind[];
  readonly onLog: (log: LogKind, lines: string) => void;
}

/**
 * The other instances of a gateway, each a process of its own, as the instances in Azure are machines of their own:
 * each probes, balances and counts for itself. New connections go to all of them in turn, this process included.
 */
export class InstanceGroup {
  readonly #options: GroupOptions;
  readonly #members: Member[] = [];
  readonly #down = new Map<string, { readonly pool: string; readonly member: string }>();
  /** What was said here since the last deployment; the others would only say it again. */
  readonly #said = new Set<string>();
  #emulator: Emulator | null = null;
  #turn = 0;
  #isStopping = false;

  constructor(options: GroupOptions) {
    this.#options = options;
    options.emulator.events?.on('notice', ({ message }) => this.#said.add(message));
  }

  /** Gives a connection to the instance whose turn it is; false when that is the one in this process. */
  handOver(entryPoint: string, socket: Socket): boolean {
    this.#turn = (this.#turn + 1) % (this.#options.others + 1);
    const member = this.#members[this.#turn - 1];
    if (member?.isServing !== true) return false;
    member.send({ kind: 'connection', entryPoint }, socket);
    return true;
  }

  /** Starts the instances; settles when all of them serve. */
  async start(emulator: Emulator): Promise<void> {
    this.#emulator = emulator;
    await Promise.all(Array.from({ length: this.#options.others }, (_, index) => this.#launch(emulator, index)));
  }

  /** Deploys here and then everywhere; until an instance has followed, new connections stay with those that have. */
  async deploy(deployHere: () => Promise<void>): Promise<void> {
    for (const member of this.#members) member.isServing = false;
    this.#said.clear();
    try {
      await deployHere();
    } finally {
      await Promise.all(this.#members.map((member) => this.#follow(member)));
    }
  }

  async setMemberState(pool: string, member: string, state: 'up' | 'down'): Promise<void> {
    const key = `${pool}/${member}`.toLowerCase();
    if (state === 'down') this.#down.set(key, { pool, member });
    else this.#down.delete(key);
    await Promise.all(this.#members.map((each) => each.ask((id) => ({ kind: 'member', id, pool, member, state }))));
  }

  /** What all instances hold of the servers. */
  backendHealth(own: BackendHealth): BackendHealth {
    return mergeBackendHealth([own, ...this.#members.flatMap(({ report }) => report?.health ?? [])]);
  }

  /** Lets requests in flight finish for so long, and ends the processes. */
  async stop(drainMilliseconds?: number): Promise<void> {
    this.#isStopping = true;
    await Promise.all(
      this.#members.map(async (member) => {
        member.isServing = false;
        await member.ask((id) => ({ kind: 'stop', id, drainMilliseconds })).catch(() => undefined);
        member.end();
      }),
    );
  }

  async #launch(emulator: Emulator, index: number): Promise<void> {
    const member = new Member(index + 1, this.#options.program);
    this.#members[index] = member;
    member.onMessage = (message) => this.#receive(member, message);
    member.onExit = (how) => {
      // One that does not come up would not do so at the next attempt either.
      if (member.hasServed) this.#replace(emulator, index, how);
    };
    const options = sendable(this.#options.emulator);
    const { logs } = this.#options;
    const assignment = this.#assignment(emulator);
    await member.ask((id) => ({ kind: 'start', id, number: member.number, options, assignment, logs }));
    member.isServing = true;
    member.hasServed = true;
  }

  async #follow(member: Member): Promise<void> {
    if (this.#emulator === null) return;
    const assignment = this.#assignment(this.#emulator);
    await member.ask((id) => ({ kind: 'deploy', id, assignment }));
    member.isServing = true;
  }

  #assignment({ gateway, backends, places, authority }: Emulator): Assignment {
    return { gateway, places, backends, authority, down: [...this.#down.values()] };
  }

  #receive(member: Member, message: FromInstance): void {
    switch (message.kind) {
      case 'log':
        this.#options.onLog(message.log, message.text);
        break;
      case 'notice':
        if (this.#said.has(message.notice.message)) break;
        this.#emulator?.events.emit('notice', {
          ...message.notice,
          message: `Instance ${member.number}: ${message.notice.message}`,
        });
        break;
      case 'report':
        this.#note(member, message.report);
        break;
      case 'done':
        break;
      default:
        message satisfies never;
    }
  }

  #note(member: Member, report: InstanceReport): void {
    member.report = report;
    const emulator = this.#emulator;
    if (emulator === null) return;
    emulator.events.emit('measured', member.number, report.metrics);
    for (const packed of report.requests) {
      const record = unpack(packed, emulator.gateway, emulator.servers);
      if (record !== undefined) emulator.remember(record);
    }
  }

  /** As Azure replaces an instance that fails. */
  #replace(emulator: Emulator, index: number, how: string): void {
    if (this.#isStopping) return;
    const message = `Instance ${index + 1} ended by itself (${how}); another one takes its place.`;
    emulator.events.emit('notice', { severity: 'error', message });
    this.#launch(emulator, index).catch((cause: unknown) => {
      emulator.events.emit('notice', {
        severity: 'error',
        message: `Instance ${index + 1} did not start: ${String(cause)}`,
      });
    });
  }
}

/** One other instance, as seen from here. */
class Member {
  readonly number: number;
  /** Gets new connections. */
  isServing = false;
  hasServed = false;
  report: InstanceReport | null = null;
  onMessage: (message: FromInstance) => void = () => undefined;
  onExit: (how: string) => void = () => undefined;
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, { resolve: () => void; reject: (fault: Error) => void }>();
  #lastId = 0;

  constructor(number: number, program: string) {
    this.number = number;
    // Structured clones keep the gateway's objects the same where they are the same.
    this.#child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', (message) => this.#receive(message as FromInstance));
    this.#child.on('error', () => undefined);
    this.#child.on('exit', (code, signal) => this.#ended(signal ?? `exit code ${code}`));
  }

  send(message: ToInstance, socket?: Socket): void {
    if (this.#child.connected) this.#child.send(message, socket, { keepOpen: false }, () => undefined);
    else socket?.destroy();
  }

  /** Sends a message and waits until it is carried out. */
  ask(make: (id: number) => ToInstance): Promise<void> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) {
        reject(new Error(`Instance ${this.number} is not there.`));
        return;
      }
      this.#asked.set(id, { resolve, reject });
      this.#child.send(make(id));
    });
  }

  end(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  #receive(message: FromInstance): void {
    if (message.kind === 'done') {
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if (message.fault === null) asked?.resolve();
      else asked?.reject(receivedFault(message.fault));
    }
    this.onMessage(message);
  }

  #ended(how: string): void {
    this.isServing = false;
    for (const { reject } of this.#asked.values()) reject(new Error(`Instance ${this.number} ended (${how}).`));
    this.#asked.clear();
    this.onExit(how);
  }
}

/** Functions, clocks and watchers stay here. */
function sendable(options: Omit<EmulatorOptions, 'gateway'>): SentOptions {
  const {
    events: _1,
    clock: _2,
    lookUp: _3,
    instance: _4,
    clientIps: _5,
    listen: _6,
    portOffset: _7,
    bind: _8,
    ...rest
  } = options;
  return rest;
}
