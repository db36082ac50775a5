import { foldId } from '../base/resource-id.ts';
import { PropertyReader } from './property-reader.ts';
import type { ResourceGraph } from './resource-graph.ts';

/** Azure keeps the first four addresses of a subnet and the last one for itself. */
const reservedAtStart = 4;
const reservedAtEnd = 1;

/** Hands out the addresses that Azure would give to network interfaces with dynamic allocation. */
export class PrivateAddresses {
  readonly #graph: ResourceGraph;
  readonly #taken: Set<string>;
  /** By the subnet's folded ID. */
  readonly #pools = new Map<string, AddressPool | undefined>();

  constructor(graph: ResourceGraph) {
    this.#graph = graph;
    this.#taken = new Set(staticAddresses(graph));
  }

  /** The next free address of a subnet; undefined when the template does not tell the subnet's range, or it is full. */
  next(subnetId: string): string | undefined {
    const pool = this.#poolOf(subnetId);
    if (pool === undefined) return undefined;
    for (; pool.next < pool.end; pool.next++) {
      const address = renderAddress(pool.next);
      if (this.#taken.has(address)) continue;
      pool.next++;
      return address;
    }
    return undefined;
  }

  #poolOf(subnetId: string): AddressPool | undefined {
    const key = foldId(subnetId);
    if (!this.#pools.has(key)) this.#pools.set(key, openPool(this.#graph, subnetId));
    return this.#pools.get(key);
  }
}

/** What is left of a subnet's range. */
interface AddressPool {
  next: number;
  readonly end: number;
}

function openPool(graph: ResourceGraph, subnetId: string): AddressPool | undefined {
  const ranges = graph.findSubnet(subnetId)?.addressPrefixes.map(parseRange);
  const range = ranges?.find((found) => found !== undefined);
  if (range === undefined) return undefined;
  return { next: range.first + reservedAtStart, end: range.first + range.size - reservedAtEnd };
}

function staticAddresses(graph: ResourceGraph): string[] {
  return graph.ofType('Microsoft.Network/networkInterfaces').flatMap((networkInterface) => {
    const configurations = new PropertyReader(networkInterface.body, '')
      .object('properties')
      .objects('ipConfigurations');
    return configurations.flatMap((configuration) => configuration.object('properties').text('privateIPAddress') ?? []);
  });
}

interface AddressRange {
  readonly first: number;
  readonly size: number;
}

/** The IPv4 range of `10.0.1.0/24`. */
function parseRange(prefix: string): AddressRange | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(prefix.trim());
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || length > 32) return undefined;
  const size = 2 ** (32 - length);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % size), size };
}

function renderAddress(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}
