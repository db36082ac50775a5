import type { LoadDistributionPolicy } from '../../gateway/model.ts';
import type { BackendServer } from '../backends/backend-server.ts';

/** A server with its share of the requests. */
export interface WeightedServer {
  readonly server: BackendServer;
  readonly weight: number;
}

export type Algorithm = LoadDistributionPolicy['algorithm'];

/** Counts changes of health, so that groups notice when what they computed is out of date. */
export interface HealthVersion {
  current: number;
}

/** The servers among which the requests of one route are shared. */
export class ServerGroup {
  readonly servers: readonly BackendServer[];
  /** Servers by the value of their affinity cookie, those that are draining included. */
  readonly #byAffinity: ReadonlyMap<string, BackendServer>;
  readonly #members: readonly WeightedServer[];
  readonly #algorithm: Algorithm;
  readonly #version: HealthVersion;
  #seenVersion = -1;
  #available: readonly WeightedServer[] = [];
  #turns: Turn[] = [];

  constructor(
    members: readonly WeightedServer[],
    algorithm: Algorithm,
    version: HealthVersion,
    draining: readonly BackendServer[] = [],
  ) {
    this.#members = members;
    this.servers = members.map(({ server }) => server);
    this.#algorithm = algorithm;
    this.#version = version;
    this.#byAffinity = new Map([...draining, ...this.servers].map((server) => [server.affinity, server]));
  }

  /** Takes the next server in turn that is available and was not tried yet; null when there is none. */
  choose(clientIp: string, tried: readonly BackendServer[]): BackendServer | null {
    this.#refresh();
    switch (this.#algorithm) {
      case 'RoundRobin':
        return this.#inTurn(tried);
      case 'LeastConnections':
        return this.#leastBusy(tried);
      case 'IpHash':
        return this.#byHash(clientIp, tried);
    }
  }

  /** The server that an affinity cookie names, while requests may still go there. */
  named(affinity: string): BackendServer | null {
    const server = this.#byAffinity.get(affinity);
    if (server === undefined) return null;
    return server.isAvailable || this.#isKept(server) ? server : null;
  }

  /** Whether it is in turn although its probe fails. */
  #isKept(server: BackendServer): boolean {
    this.#refresh();
    return this.#available.some((member) => member.server === server && server.isReachable);
  }

  /** Servers that get requests: the healthy ones, or the first ones of the pool when the probe wants more than those. */
  #refresh(): void {
    if (this.#seenVersion === this.#version.current) return;
    this.#seenVersion = this.#version.current;
    const healthy = this.#members.filter(({ server }) => server.isAvailable);
    const wanted = this.#members[0]?.server.settings.probe?.minServers ?? 0;
    this.#available = healthy.length < wanted ? this.#atLeast(healthy, wanted) : healthy;
    this.#turns = this.#available.map((member) => ({ member, credit: 0 }));
  }

  #atLeast(healthy: readonly WeightedServer[], wanted: number): WeightedServer[] {
    const first = new Set([...healthy, ...this.#members.slice(0, wanted)]);
    return this.#members.filter((member) => first.has(member) && member.server.isReachable);
  }

  /**
   * Smooth weighted round robin: everybody gains its weight, the richest is taken and pays the sum. With equal weights
   * this is plain taking of turns.
   */
  #inTurn(tried: readonly BackendServer[]): BackendServer | null {
    let best: Turn | null = null;
    let sum = 0;
    for (const turn of this.#turns) {
      if (tried.length > 0 && tried.includes(turn.member.server)) continue;
      turn.credit += turn.member.weight;
      sum += turn.member.weight;
      if (best === null || turn.credit > best.credit) best = turn;
    }
    if (best === null) return null;
    best.credit -= sum;
    return best.member.server;
  }

  #leastBusy(tried: readonly BackendServer[]): BackendServer | null {
    let best: WeightedServer | null = null;
    for (const member of this.#available) {
      if (tried.includes(member.server)) continue;
      if (best === null || load(member) < load(best)) best = member;
    }
    return best?.server ?? null;
  }

  #byHash(clientIp: string, tried: readonly BackendServer[]): BackendServer | null {
    const candidates = this.#available.filter(({ server }) => !tried.includes(server));
    const sum = candidates.reduce((total, { weight }) => total + weight, 0);
    let rest = sum === 0 ? 0 : hashOf(clientIp) % sum;
    for (const { server, weight } of candidates) {
      if (rest < weight) return server;
      rest -= weight;
    }
    return null;
  }
}

interface Turn {
  readonly member: WeightedServer;
  credit: number;
}

function load({ server, weight }: WeightedServer): number {
  return server.state.openRequests / weight;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
