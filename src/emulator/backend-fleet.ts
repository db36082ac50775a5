import { isIP } from 'node:net';
import type { Clock } from '../base/clock.ts';
import type { BackendAddressPool, BackendHttpSettings, Gateway } from '../gateway/model.ts';
import type { MockBackend } from '../mock-backend/mock-backend.ts';
import type { BackendMapping } from '../runtime/backends/backend-mapping.ts';
import { BackendNames, type Hosts, type LookUp } from '../runtime/backends/backend-names.ts';
import { BackendServer, newServerState, type ServerState } from '../runtime/backends/backend-server.ts';
import { BackendSet, type PoolMember } from '../runtime/backends/backend-set.ts';
import type { BackendTarget, ShownFiles } from '../runtime/backends/backend-target.ts';
import type { HealthVersion } from '../runtime/balancing/server-group.ts';
import { type BackendTls, backendLegOf, backendTls } from '../runtime/forwarding/backend-tls.ts';
import type { BackendTransport } from '../runtime/forwarding/backend-transport.ts';
import { transportTo } from '../runtime/forwarding/transport-to.ts';
import { planProbe } from '../runtime/probes/probe-plan.ts';
import { type OnHealth, Prober } from '../runtime/probes/prober.ts';
import { keyOf, keyOfServer, mockKey } from './backend-keys.ts';
import { listMembers, type Member, namesOf, needsAddress } from './list-members.ts';
import type { InstanceOptions, Unmapped } from './options.ts';
import { startStandIn } from './start-stand-in.ts';

type Generation = Gateway['sku']['generation'];

/** What outlives a deployment that leaves a server as it is. */
interface Berth {
  readonly key: string;
  readonly target: BackendTarget;
  readonly transport: BackendTransport;
  readonly tls: BackendTls | null;
  readonly state: ServerState;
  readonly mock: MockBackend | null;
  prober: { readonly plan: string; readonly prober: Prober } | null;
}

export interface FleetOptions {
  readonly clock: Clock;
  readonly unmapped: Unmapped;
  /** Whether targets that the user gave have to show a certificate that Azure would take. */
  readonly verifiesMapped: boolean;
  readonly version: HealthVersion;
  readonly onHealth: OnHealth;
  readonly hosts: Hosts;
  readonly lookUp: LookUp;
  /** Stand-ins that another process runs. */
  readonly standIns: InstanceOptions['standIns'] | undefined;
  /** The addresses behind a member's name have changed: the fleet is to be prepared again with the names it has. */
  readonly onAddresses: () => void;
}

/** A gateway's servers made ready, before requests are sent to them. */
export interface PreparedBackends {
  readonly backends: BackendSet;
  /** Settles when every new server has answered its first probe. */
  readonly firstRound: Promise<unknown>;
  /** Servers that are no longer wanted, once the deployment is in force. */
  readonly leaving: readonly BackendServer[];
  /**
   * Makes the new servers the current ones; `abandon` is the alternative. Settles when every server whose probe has
   * changed has answered it.
   */
  commit(): Promise<unknown>;
  abandon(): Promise<void>;
}

/** All servers of the running gateway, with their connections, probes and stand-ins. */
export class BackendFleet {
  readonly #options: FleetOptions;
  #berths = new Map<string, Berth>();
  readonly #mocks = new Map<string, MockBackend>();
  #servers: readonly BackendServer[] = [];
  /** Left with earlier deployments and still have time for their last requests. */
  #draining: readonly BackendServer[] = [];
  #names: BackendNames | null = null;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  get servers(): readonly BackendServer[] {
    return this.#servers;
  }

  get mocks(): readonly MockBackend[] {
    return [...this.#mocks.values()];
  }

  /** Makes or finds all servers of a gateway; those that did not change keep connections and health. */
  async prepare(gateway: Gateway, mappings: readonly BackendMapping[]): Promise<PreparedBackends> {
    const members = listMembers(gateway, { mappings, ...this.#options });
    // A change of the configuration forgets what was resolved before.
    // https://learn.microsoft.com/azure/application-gateway/application-gateway-backend-health-troubleshooting
    const names = await BackendNames.lookUp(namesOf(members), this.#options.clock, this.#options.lookUp);
    return this.#prepare(gateway, members, names);
  }

  /** The same for the gateway that is being served, when the addresses behind its names have changed. */
  async prepareAgain(gateway: Gateway, mappings: readonly BackendMapping[]): Promise<PreparedBackends> {
    if (this.#names === null) return this.prepare(gateway, mappings);
    return this.#prepare(gateway, listMembers(gateway, { mappings, ...this.#options }), this.#names);
  }

  async #prepare(gateway: Gateway, members: readonly Member[], names: BackendNames): Promise<PreparedBackends> {
    const berths = new Map<string, Berth>();
    const servers = new Map<string, BackendServer>();
    const leg = backendLegOf(gateway, this.#options.verifiesMapped);
    for (const each of members) {
      const { pool, member, settings } = each;
      for (const target of await this.#targetsFor(each, names)) {
        const address = { ...member, port: settings.port };
        const tls = target.protocol === 'https' ? backendTls(settings, address, target.kind, leg) : null;
        const key = keyOf(pool, member, settings, target, tls);
        const berth =
          berths.get(key) ??
          this.#berths.get(key) ??
          this.#newBerth(key, settings, target, this.#mocks.get(mockKey(pool, member, settings)), tls);
        berths.set(key, berth);
        servers.set(
          key,
          new BackendServer(pool, member, settings, berth.target, berth.transport, berth.tls, berth.state),
        );
      }
    }
    const leaving = this.#servers.filter((server) => !berths.has(keyOfServer(server)));
    const findServers = (pool: BackendAddressPool, settings: BackendHttpSettings) =>
      [...servers.values()].filter((server) => server.pool === pool && server.settings === settings);
    const backends = new BackendSet(gateway, findServers, this.#options.version, [...this.#draining, ...leaving]);
    const { generation } = gateway.sku;
    const watched = [...servers].flatMap(([key, server]) => {
      const berth = berths.get(key);
      return berth === undefined || server.target.kind === 'unresolved' ? [] : [{ berth, server }];
    });
    const added = watched.filter(({ berth }) => berth.prober === null);
    const firstRound = Promise.all(added.map(({ berth, server }) => this.#watch(berth, server, generation)));
    return {
      backends,
      firstRound,
      leaving,
      commit: () => {
        this.#draining = [...this.#draining, ...leaving];
        this.#commit(berths, backends.servers, names);
        // Not before: until now the servers were those of the former gateway, with its probes.
        return Promise.all(watched.map(({ berth, server }) => this.#watch(berth, server, generation)));
      },
      abandon: () => this.#release(berths, this.#berths),
    };
  }

  /** Lets go of servers that left with an earlier deployment, when their last requests have had their time. */
  async release(leaving: readonly BackendServer[]): Promise<void> {
    this.#draining = this.#draining.filter((server) => !leaving.includes(server));
    for (const { state } of leaving) state.hasLeft = true;
    const kept = new Set([...this.#berths.values()].map(({ transport }) => transport));
    await Promise.all(leaving.map(({ transport }) => (kept.has(transport) ? undefined : transport.dispose())));
  }

  /** Stops stand-ins of members that are neither in a pool any more nor draining. */
  async stopUnusedMocks(): Promise<void> {
    const used = new Set(
      [...this.#servers, ...this.#draining].map(({ pool, member, settings }) => mockKey(pool, member, settings)),
    );
    const unused = [...this.#mocks].filter(([key]) => !used.has(key));
    for (const [key] of unused) this.#mocks.delete(key);
    await Promise.all(unused.map(([, mock]) => mock.dispose()));
  }

  /** Asks servers now instead of at their next turn. */
  async probe(servers: readonly BackendServer[]): Promise<void> {
    await Promise.all(servers.map((server) => this.#berths.get(keyOfServer(server))?.prober?.prober.probe()));
  }

  mockOf(server: BackendServer): MockBackend | null {
    return this.#berths.get(keyOfServer(server))?.mock ?? null;
  }

  async dispose(): Promise<void> {
    this.#names?.dispose();
    const berths = this.#berths;
    this.#berths = new Map();
    await this.#release(berths, this.#berths);
    await Promise.all([...this.#mocks.values()].map((mock) => mock.dispose()));
    this.#mocks.clear();
  }

  #newBerth(
    key: string,
    settings: BackendHttpSettings,
    target: BackendTarget,
    mock: MockBackend | undefined,
    tls: BackendTls | null,
  ): Berth {
    const transport = transportTo(target, settings, tls);
    return { key, target, transport, tls, state: newServerState(), mock: mock ?? null, prober: null };
  }

  /** One, or as many as there are addresses behind the member's name: every one of them is a server. */
  async #targetsFor({ pool, member, settings, goesTo }: Member, names: BackendNames): Promise<BackendTarget[]> {
    const protocol = settings.protocol === 'Https' ? 'https' : 'http';
    const asWritten = { protocol, host: member.address, port: settings.port } as const;
    switch (goesTo.kind) {
      case 'mapping': {
        const { to } = goesTo.mapping;
        if (to.kind === 'server') return [{ ...to, kind: 'mapped' }];
        return [await this.#standIn(pool, member, settings, to)];
      }
      case 'mock':
        return [await this.#standIn(pool, member, settings, null)];
      case 'down':
        return [{ kind: 'down', ...asWritten }];
      case 'live': {
        if (!isHost(member.address)) return [{ kind: 'unresolved', ...asWritten }];
        if (!needsAddress(member, goesTo)) return [{ kind: 'live', ...asWritten }];
        const addresses = names.addressesOf(member.address);
        if (addresses.length === 0) return [{ kind: 'unresolved', ...asWritten }];
        return addresses.map((host) => ({ kind: 'live', ...asWritten, host }));
      }
    }
  }

  async #standIn(
    pool: BackendAddressPool,
    member: PoolMember,
    settings: BackendHttpSettings,
    shown: ShownFiles | null,
  ): Promise<BackendTarget> {
    const elsewhere = this.#options.standIns?.(pool.name, member.address, settings.port);
    const shows = shown === null ? {} : { shows: shown };
    if (elsewhere !== undefined) return { kind: 'mock', ...elsewhere, ...shows };
    const { port } = await this.#mockFor(pool, member, settings, shown);
    return { kind: 'mock', protocol: 'http', host: '127.0.0.1', port, ...shows };
  }

  async #mockFor(
    pool: BackendAddressPool,
    member: PoolMember,
    settings: BackendHttpSettings,
    shown: ShownFiles | null,
  ): Promise<MockBackend> {
    const key = mockKey(pool, member, settings);
    const known = this.#mocks.get(key);
    if (known !== undefined) return known;
    const identity = { pool: pool.name, member: member.address, port: settings.port };
    const mock = await startStandIn(identity, this.#options.clock, shown);
    this.#mocks.set(key, mock);
    return mock;
  }

  /** Keeps the rhythm of a probe that did not change; a changed or new one starts with an answer. */
  #watch(berth: Berth, server: BackendServer, generation: Generation): Promise<void> | undefined {
    const plan = JSON.stringify(planProbe(server.settings, server.address, generation));
    if (berth.prober?.plan === plan) return undefined;
    berth.prober?.prober.dispose();
    const prober = new Prober(server, generation, this.#options.clock, this.#options.onHealth);
    berth.prober = { plan, prober };
    return prober.firstRound;
  }

  #commit(berths: Map<string, Berth>, servers: readonly BackendServer[], names: BackendNames): void {
    if (this.#names !== names) {
      this.#names?.dispose();
      this.#names = names;
      names.watch(this.#options.onAddresses);
    }
    const former = this.#berths;
    this.#berths = berths;
    this.#servers = servers;
    for (const [key, berth] of former) {
      if (!berths.has(key)) berth.prober?.prober.dispose();
    }
  }

  async #release(berths: ReadonlyMap<string, Berth>, kept: ReadonlyMap<string, Berth>): Promise<void> {
    const going = [...berths.values()].filter(({ key }) => !kept.has(key));
    for (const { prober } of going) prober?.prober.dispose();
    await Promise.all(going.map(({ transport }) => transport.dispose()));
  }
}

/** Whether something is an address or could be a name; what a template holds may be neither. */
function isHost(text: string): boolean {
  return isIP(text) !== 0 || /^[a-z0-9_][a-z0-9._-]*$/i.test(text);
}
