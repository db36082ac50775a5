import type { Socket } from 'node:net';
import type { Gateway } from '../gateway/model.ts';
import type { EntryPoint, RoutingTable } from '../routing/compile-routing-table.ts';
import { EntryPointHandler } from '../runtime/entry-point-handler.ts';
import { GatewayServer, limitsFor, type ServerLimits } from '../runtime/listeners/gateway-server.ts';
import type { ListenPlan, PlannedListener } from '../runtime/listeners/plan-listeners.ts';
import { planListeners } from '../runtime/listeners/plan-listeners.ts';
import type { RuntimeServices } from '../runtime/runtime-services.ts';
import { listenAsPlanned } from './listen-as-planned.ts';
import type { SecuredEntryPoints } from './secured-entry-points.ts';

/** A server that accepts connections for one entry point. */
export interface OpenListener {
  readonly key: string;
  readonly protocol: EntryPoint['protocol'];
  readonly address: string;
  readonly port: number;
  readonly server: GatewayServer;
  readonly handler: EntryPointHandler;
}

/** How a gateway shares its connections with others that serve it, in processes of their own. */
export interface ConnectionSharing {
  /** Gives a new connection to another one; false keeps it. */
  readonly handOver?: (entryPointKey: string, socket: Socket) => boolean;
  /** Where connections are accepted for this one, by entry point; it listens nowhere itself. */
  readonly acceptedAt?: ReadonlyMap<string, { readonly address: string; readonly port: number }>;
}

/** The servers of the running gateway, one per entry point. */
export class ListenerSet {
  readonly #services: RuntimeServices;
  readonly #plan: ListenPlan;
  readonly #limits: Partial<ServerLimits>;
  readonly #sharing: ConnectionSharing;
  readonly #open = new Map<string, OpenListener>();
  /** Servers that accept no more and still have requests. */
  readonly #closing = new Set<OpenListener>();

  constructor(
    services: RuntimeServices,
    plan: ListenPlan,
    limits: Partial<ServerLimits> = {},
    sharing: ConnectionSharing = {},
  ) {
    this.#services = services;
    this.#plan = plan;
    this.#limits = limits;
    this.#sharing = sharing;
  }

  get(key: string): OpenListener | undefined {
    return this.#open.get(key);
  }

  /** Requests that are not answered completely yet. */
  get openRequests(): number {
    return [...this.#open.values(), ...this.#closing].reduce((sum, { handler }) => sum + handler.openRequests, 0);
  }

  /**
   * Starts what a gateway needs and is not there yet; when one fails, none of them stays.
   *
   * @throws EmulatorError `PortInUse`, `PortNotPermitted`, `AddressNotAvailable` or `InvalidOption`
   */
  async open({ entryPoints, gateway }: RoutingTable, secured: SecuredEntryPoints): Promise<void> {
    const planned = planListeners(entryPoints, this.#plan);
    const started: string[] = [];
    try {
      for (const entryPoint of entryPoints) {
        const place = planned.find(({ key }) => key === entryPoint.key);
        if (place === undefined || this.#open.get(entryPoint.key)?.protocol === entryPoint.protocol) continue;
        // An entry point that changes its protocol needs its port back first.
        this.#stop(entryPoint.key);
        await this.#start(entryPoint, place, gateway, secured);
        started.push(entryPoint.key);
      }
    } catch (error) {
      for (const key of started) this.#stop(key);
      throw error;
    }
  }

  /** Stops what a gateway does not need, and secures connections as it wants. */
  adapt({ entryPoints }: RoutingTable, secured: SecuredEntryPoints): void {
    const keys = new Set(entryPoints.map(({ key }) => key));
    for (const key of this.#open.keys()) if (!keys.has(key)) this.#stop(key);
    for (const entryPoint of entryPoints) {
      const selection = secured.selectionFor(entryPoint);
      if (selection !== null) this.#open.get(entryPoint.key)?.server.useTls(selection);
    }
  }

  /** Accepts no more connections anywhere. */
  stopAll(): void {
    for (const key of [...this.#open.keys()]) this.#stop(key);
  }

  /** Closes connections on which nothing is going on any more, of servers that accept none. */
  closeIdle(): void {
    for (const { server } of this.#closing) server.closeIdle();
  }

  async dispose(): Promise<void> {
    this.stopAll();
    await Promise.all([...this.#closing].map(({ server }) => server.dispose()));
    this.#closing.clear();
  }

  #stop(key: string): void {
    const listener = this.#open.get(key);
    if (listener === undefined) return;
    this.#open.delete(key);
    this.#closing.add(listener);
    listener.server.stopAccepting();
  }

  async #start(
    entryPoint: EntryPoint,
    planned: PlannedListener,
    gateway: Gateway,
    secured: SecuredEntryPoints,
  ): Promise<void> {
    const { key, protocol } = entryPoint;
    const handler = new EntryPointHandler(key, this.#services);
    const limits = { ...limitsFor(gateway.sku.generation), ...this.#limits };
    const { handOver, acceptedAt } = this.#sharing;
    const server = new GatewayServer(
      handler,
      limits,
      secured.selectionFor(entryPoint),
      handOver && ((socket) => handOver(key, socket)),
    );
    const place = acceptedAt === undefined ? await listenAsPlanned(server, planned) : placeIn(acceptedAt, planned);
    this.#open.set(key, { key, protocol, ...place, server, handler });
  }
}

function placeIn(
  places: NonNullable<ConnectionSharing['acceptedAt']>,
  { key }: PlannedListener,
): { readonly address: string; readonly port: number } {
  const place = places.get(key);
  if (place === undefined) throw new Error(`Nobody accepts connections for entry point '${key}'.`);
  return place;
}
