import type { Socket } from 'node:net';
import { sameName } from '../base/case-insensitive-map.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Issuer } from '../certificates/issue-certificate.ts';
import type { Gateway } from '../gateway/model.ts';
import type { MockBackend } from '../mock-backend/mock-backend.ts';
import { EmulatorEvents } from '../observability/emulator-events.ts';
import { RequestLog } from '../observability/request-log.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import { compileRoutingTable, type RoutingTable } from '../routing/compile-routing-table.ts';
import { parseBackendMappings } from '../runtime/backends/backend-mapping.ts';
import { lookUpBySystem, lookUpWith } from '../runtime/backends/backend-names.ts';
import type { BackendServer } from '../runtime/backends/backend-server.ts';
import { BackendSet } from '../runtime/backends/backend-set.ts';
import type { Deployment } from '../runtime/deployment.ts';
import { IdleWheel } from '../runtime/forwarding/idle-wheel.ts';
import { UpgradeBridge } from '../runtime/forwarding/upgrade-bridge.ts';
import { parseListenOverrides } from '../runtime/listeners/listen-option.ts';
import { defaultListenPlan } from '../runtime/listeners/plan-listeners.ts';
import type { HealthState } from '../runtime/probes/probe-state.ts';
import type { RuntimeServices } from '../runtime/runtime-services.ts';
import { BackendFleet, type PreparedBackends } from './backend-fleet.ts';
import { type BackendHealth, describeBackendHealth } from './backend-health.ts';
import {
  type BackendDescription,
  describeBackends,
  describeListeners,
  type ListenerDescription,
} from './descriptions.ts';
import { drainSecondsOf } from './drain-seconds.ts';
import type { Emulator } from './emulator.ts';
import { loadErrorPages } from './error-pages.ts';
import { Leaving } from './leaving.ts';
import { ListenerSecurity } from './listener-security.ts';
import { ListenerSet } from './listener-set.ts';
import type { EmulatorOptions } from './options.ts';
import type { SecuredEntryPoints } from './secured-entry-points.ts';
import { UnhealthyServers } from './unhealthy-servers.ts';
import { unusedHosts } from './unused-hosts.ts';
import { within } from './within.ts';

const defaultDrainMilliseconds = 10_000;
const defaultReadyMilliseconds = 5_000;
// More would outlive a collection of the young generation, and be copied around for nothing.
const defaultLogSize = 200;

/** The one stateful object: listeners, servers and the deployment that they serve. */
export class RunningEmulator implements Emulator, RuntimeServices {
  readonly clock: Clock;
  readonly events: EmulatorEvents;
  readonly idleWheel: IdleWheel;
  readonly upgrades = new UpgradeBridge();
  deployment: Deployment;
  isDraining = false;
  isReady = false;
  readonly #options: EmulatorOptions;
  readonly #log: RequestLog;
  readonly #healthVersion = { current: 0 };
  readonly #fleet: BackendFleet;
  readonly #security: ListenerSecurity;
  readonly #listeners: ListenerSet;
  readonly #leaving = new Leaving();
  readonly #unhealthy: UnhealthyServers;
  #whenDrained: (() => void) | null = null;
  #lastDeploy: Promise<void> = Promise.resolve();
  #disposal: Promise<void> | null = null;

  constructor(options: EmulatorOptions) {
    this.#options = options;
    this.clock = options.clock ?? systemClock;
    this.events = options.events ?? new EmulatorEvents();
    this.idleWheel = new IdleWheel(this.clock);
    this.#unhealthy = new UnhealthyServers(this.clock, (server, why) => {
      this.upgrades.cut(why, server.transport);
      server.transport.cut();
    });
    this.#log = new RequestLog(options.requestLogSize ?? defaultLogSize);
    this.#fleet = new BackendFleet({
      clock: this.clock,
      unmapped: options.unmapped ?? 'mock',
      verifiesMapped: options.verifyBackends ?? false,
      version: this.#healthVersion,
      onHealth: (server, before) => this.#onHealth(server, before),
      hosts: options.hosts ?? {},
      lookUp: lookUpWith(options.hosts ?? {}, options.lookUp ?? lookUpBySystem),
      onAddresses: () => this.#readdress(),
      standIns: options.instance?.standIns,
    });
    const sharedAuthority = options.instance?.authority;
    this.#security = new ListenerSecurity(
      this.clock,
      { ...options.certificates, sharedAuthority },
      {
        onNotice: (notice) => this.events.emit('notice', notice),
        onRenewal: () => this.#renew(),
      },
    );
    const { portOffset = defaultListenPlan.portOffset, bind = defaultListenPlan.bind, listen = {} } = options;
    const plan = { portOffset, bind, overrides: parseListenOverrides(listen) };
    this.#listeners = new ListenerSet(this, plan, options.limits, options.instance);
    const table = compileRoutingTable(options.gateway, options.behaviour);
    const backends = new BackendSet(options.gateway, () => [], this.#healthVersion);
    this.deployment = { table, entryPoints: new Map(), backends, errorPages: new Map() };
  }

  get gateway(): Gateway {
    return this.deployment.table.gateway;
  }

  get table(): RoutingTable {
    return this.deployment.table;
  }

  get listeners(): readonly ListenerDescription[] {
    return this.table.entryPoints.flatMap((entryPoint) => {
      const listener = this.#listeners.get(entryPoint.key);
      return listener === undefined ? [] : describeListeners(entryPoint, listener);
    });
  }

  get places(): ReadonlyMap<string, { readonly address: string; readonly port: number }> {
    const open = this.table.entryPoints.flatMap(({ key }) => this.#listeners.get(key) ?? []);
    return new Map(open.map(({ key, address, port }) => [key, { address, port }]));
  }

  get backends(): readonly BackendDescription[] {
    return describeBackends(this.#fleet.servers);
  }

  get servers(): readonly BackendServer[] {
    return this.#fleet.servers;
  }

  get mocks(): readonly MockBackend[] {
    return this.#fleet.mocks;
  }

  get clientIps(): ReadonlyMap<number, string> | undefined {
    return this.#options.clientIps;
  }

  get authority(): Issuer | null {
    return this.#security.authority;
  }

  get certificateFiles(): readonly string[] {
    return this.#security.files;
  }

  async start(): Promise<void> {
    await this.deploy(this.#options.gateway);
    this.isReady = true;
    this.events.emit('ready');
  }

  backendHealth(): BackendHealth {
    return describeBackendHealth(this.gateway, this.#fleet.servers);
  }

  requests(limit = Number.POSITIVE_INFINITY): readonly RequestRecord[] {
    return this.#log.latest(limit);
  }

  findRequest(traceId: string): RequestRecord | undefined {
    return this.#log.find(traceId);
  }

  async setMemberState(pool: string, member: string, state: 'up' | 'down'): Promise<boolean> {
    const meant = this.#fleet.servers.filter((server) => isMeant(server, pool, member));
    if (meant.length === 0) return false;
    for (const server of meant) server.state.isHeldDown = state === 'down';
    this.#healthVersion.current++;
    await Promise.all(meant.map((server) => this.#fleet.mockOf(server)?.[state]()));
    if (state === 'down') for (const server of meant) this.upgrades.cut(`${member} was taken down.`, server.transport);
    await this.#fleet.probe(meant);
    this.events.emit('member', { pool, member, state });
    return true;
  }

  deploy(gateway: Gateway): Promise<void> {
    // One after the other: a later deployment builds on what an earlier one left.
    const deploying = this.#lastDeploy.then(() => this.#deploy(gateway));
    this.#lastDeploy = deploying.catch(() => undefined);
    return deploying;
  }

  async dispose(drainMilliseconds = defaultDrainMilliseconds): Promise<void> {
    this.#disposal ??= this.#dispose(drainMilliseconds);
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose(0);
  }

  connectionChanged(change: 'opened' | 'closed'): void {
    this.events.emit('connection', change);
  }

  localPort(entryPointKey: string): number | undefined {
    return this.#listeners.get(entryPointKey)?.port;
  }

  take(entryPointKey: string, socket: Socket): boolean {
    const listener = this.#listeners.get(entryPointKey);
    listener?.server.take(socket);
    return listener !== undefined;
  }

  remember(record: RequestRecord): void {
    this.#log.add(record);
    this.events.emit('requestElsewhere', record);
  }

  finished(record: RequestRecord): void {
    record.instance = this.#options.instance?.number ?? 0;
    this.#log.add(record);
    this.events.emit('request', record);
    if (this.#whenDrained !== null && this.#listeners.openRequests === 0) this.#whenDrained();
  }

  faulted(stage: string, cause: unknown): void {
    const message = `Agate failed in its stage '${stage}': ${String(cause)}`;
    this.events.emit('notice', { severity: 'error', message, cause });
  }

  async #deploy(gateway: Gateway): Promise<void> {
    if (this.isDraining) return;
    const { behaviour, backends: mapped = {}, errorPages: files = {}, hosts = {} } = this.#options;
    const table = compileRoutingTable(gateway, behaviour);
    const errorPages = await loadErrorPages(gateway, { files, clock: this.clock });
    const prepared = await this.#fleet.prepare(gateway, parseBackendMappings(mapped, gateway));
    const secured = await this.#openListeners(table, prepared);
    const entryPoints = new Map(table.entryPoints.map((entryPoint) => [entryPoint.key, entryPoint]));
    const asked = this.#takeOver(prepared);
    this.deployment = { table, entryPoints, backends: prepared.backends, errorPages: errorPages.pages };
    this.#listeners.adapt(table, secured);
    const ofSecurity = [...secured.certificateNotices, ...secured.policyNotices];
    for (const notice of [...ofSecurity, ...errorPages.notices, ...unusedHosts(gateway, hosts)])
      this.events.emit('notice', notice);
    await this.#inTime(asked);
    if (this.isReady) this.events.emit('redeploy');
  }

  async #openListeners(table: RoutingTable, prepared: PreparedBackends): Promise<SecuredEntryPoints> {
    try {
      const [secured] = await Promise.all([this.#security.secure(table), this.#inTime(prepared.firstRound)]);
      await this.#listeners.open(table, secured);
      return secured;
    } catch (error) {
      await prepared.abandon();
      throw error;
    }
  }

  /** Shows what certificate files hold by now. */
  #renew(): void {
    this.#lastDeploy = this.#lastDeploy
      .then(async () => {
        if (this.isDraining) return;
        const secured = await this.#security.secureAgain(this.table);
        this.#listeners.adapt(this.table, secured);
        for (const notice of secured.certificateNotices) this.events.emit('notice', notice);
      })
      .catch((cause: unknown) => this.faulted('renew certificates', cause));
  }

  /** Serves the same gateway from the addresses that its members' names have now. */
  #readdress(): void {
    this.#lastDeploy = this.#lastDeploy
      .then(async () => {
        if (this.isDraining) return;
        const mappings = parseBackendMappings(this.#options.backends ?? {}, this.gateway);
        const prepared = await this.#fleet.prepareAgain(this.gateway, mappings);
        await this.#inTime(prepared.firstRound);
        void this.#takeOver(prepared);
        this.deployment = { ...this.deployment, backends: prepared.backends };
        this.events.emit('addresses');
      })
      .catch((cause: unknown) => this.faulted('readdress', cause));
  }

  /** New servers answer a probe before requests are sent to them, so that a swap loses none. */
  async #inTime(answers: Promise<unknown>): Promise<void> {
    await within(this.clock, this.#options.readyTimeoutMilliseconds ?? defaultReadyMilliseconds, answers);
  }

  #takeOver(prepared: PreparedBackends): Promise<unknown> {
    const asked = prepared.commit();
    this.#healthVersion.current++;
    for (const server of prepared.leaving) this.#letGo(server);
    return asked;
  }

  /** Cuts what is left to a server when its time to finish is over. */
  #letGo(server: BackendServer): void {
    const seconds = drainSecondsOf(server.settings);
    this.#leaving.add(this.clock, seconds * 1000, () => {
      this.upgrades.cut(`${server.ipOrName} has left its pool ${seconds} s ago.`, server.transport);
      const released = this.#fleet.release([server]);
      // Requests that came under an earlier deployment may still look for a server.
      this.#healthVersion.current++;
      // Not within a deployment, which may want the stand-ins again.
      this.#lastDeploy = this.#lastDeploy
        .then(() => released)
        .then(() => this.#fleet.stopUnusedMocks())
        .catch((cause: unknown) => this.faulted('release', cause));
      return this.#lastDeploy;
    });
  }

  async #dispose(drainMilliseconds: number): Promise<void> {
    this.isDraining = true;
    await this.#lastDeploy;
    this.#listeners.stopAll();
    this.#security.dispose();
    if (this.#listeners.openRequests > 0 && drainMilliseconds > 0) {
      const drained = new Promise<void>((resolve) => {
        this.#whenDrained = resolve;
      });
      await within(this.clock, drainMilliseconds, drained);
    }
    this.upgrades.cut('The gateway was stopped.');
    await this.#listeners.dispose();
    this.#unhealthy.dispose();
    await this.#leaving.dispose();
    await this.#fleet.dispose();
    this.idleWheel.dispose();
  }

  #onHealth(server: BackendServer, before: HealthState): void {
    const after = server.state.health;
    if (before.health === after.health) return;
    this.#healthVersion.current++;
    this.#unhealthy.changed(server);
    this.events.emit('health', { server, before, after });
  }
}

function isMeant({ pool, address, ipOrName }: BackendServer, poolName: string, member: string): boolean {
  return (
    sameName(pool.name, poolName) &&
    [address.address, ipOrName].some((name) => sameName(name, member) || sameName(`${name}:${address.port}`, member))
  );
}
