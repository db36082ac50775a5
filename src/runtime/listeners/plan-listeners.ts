import { isIPv4 } from 'node:net';
import { EmulatorError } from '../../base/errors.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { Problem } from '../../base/problem.ts';
import type { EntryPoint } from '../../routing/compile-routing-table.ts';
import type { ListenOverride } from './listen-option.ts';

/** How frontend ports are found on this machine. */
export interface ListenPlan {
  /** Added to frontend ports below 1024, which need rights that a developer lacks. */
  readonly portOffset: number;
  readonly bind: string;
  readonly overrides: readonly ListenOverride[];
}

/** Where the server of one entry point is to listen. */
export interface PlannedListener {
  readonly key: string;
  readonly frontendPort: number;
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where to go when this machine lacks the address: the first free port after `port` at another one. */
  readonly fallbackAddress: string | null;
}

type Planned = Pick<EntryPoint, 'key' | 'port'>;

export const defaultListenPlan: ListenPlan = { portOffset: 8000, bind: '127.0.0.1', overrides: [] };

/**
 * Gives every entry point an address and port of this machine. A second frontend IP on the same port gets the next
 * loopback address, so that both keep their port.
 *
 * @throws EmulatorError `InvalidOption` for a mapping of a port that the gateway does not have
 */
export function planListeners(entryPoints: readonly Planned[], plan: ListenPlan): PlannedListener[] {
  checkOverrides(entryPoints, plan.overrides);
  const taken = new Map<string, number>();
  // Ports that stay as they are come first: the one that is moved gives way, as 80 → 8080 beside a listener on 8080.
  const inOrder = [...entryPoints].sort((a, b) => Number(isMoved(a, plan)) - Number(isMoved(b, plan)));
  const planned = new Map(inOrder.map((entryPoint) => [entryPoint.key, planOne(entryPoint, plan, taken)]));
  return entryPoints.flatMap(({ key }) => planned.get(key) ?? []);
}

function planOne(entryPoint: Planned, plan: ListenPlan, taken: Map<string, number>): PlannedListener {
  const { key, port: frontendPort } = entryPoint;
  const override = findOverride(entryPoint, plan);
  const address = override?.address ?? plan.bind;
  const wanted = override?.port ?? (frontendPort < 1024 ? frontendPort + plan.portOffset : frontendPort);
  if (wanted < 0 || wanted > 65_535) throw beyondPorts(frontendPort, wanted);
  if (wanted === 0) return { key, frontendPort, address, port: 0, fallbackAddress: null };
  const place = findPlace(address, wanted, frontendPort, taken);
  taken.set(`${place.address} ${place.port}`, frontendPort);
  return { key, frontendPort, ...place, fallbackAddress: place.address === address ? null : address };
}

/** The next loopback address beside the same frontend port, the next port beside another one. */
function findPlace(
  address: string,
  port: number,
  frontendPort: number,
  taken: ReadonlyMap<string, number>,
): { address: string; port: number } {
  const place = { address, port };
  for (;;) {
    const holder = taken.get(`${place.address} ${place.port}`);
    if (holder === undefined) return place;
    if (holder === frontendPort && isIPv4(address) && address.startsWith('127.'))
      place.address = nextAddress(place.address);
    else place.port++;
  }
}

function nextAddress(address: string): string {
  const octets = address.split('.').map(Number);
  octets[3] = ((octets[3] ?? 0) % 254) + 1;
  return octets.join('.');
}

function isMoved(entryPoint: Planned, plan: ListenPlan): boolean {
  return findOverride(entryPoint, plan) === undefined && entryPoint.port < 1024;
}

function findOverride({ port }: Planned, { overrides }: ListenPlan): ListenOverride | undefined {
  return overrides.find((each) => each.frontendPort === port) ?? overrides.find((each) => each.frontendPort === 'all');
}

function checkOverrides(entryPoints: readonly Planned[], overrides: readonly ListenOverride[]): void {
  const named = overrides.map(({ frontendPort }) => String(frontendPort));
  const [fault] = findUnknownPorts(
    entryPoints.map(({ port }) => port),
    named,
  );
  if (fault !== undefined) throw new EmulatorError('InvalidOption', fault.message, fault);
}

/** The frontend ports named, `all` aside, that are not among those in use. */
export function findUnknownPorts(inUse: readonly number[], named: readonly string[]): readonly Problem[] {
  const ports = [...new Set(inUse)].map(String);
  return named.flatMap((port) => {
    if (port === 'all' || ports.includes(String(Number(port)))) return [];
    const nearest = nearestName(port, ports);
    const hint = nearest === undefined ? `Ports in use: ${ports.join(', ') || 'none'}.` : `Did you mean ${nearest}?`;
    return [{ path: [port], message: `No listener with a rule uses frontend port ${port}.`, hint }];
  });
}

function beyondPorts(frontendPort: number, wanted: number): EmulatorError {
  return new EmulatorError('InvalidOption', `Frontend port ${frontendPort} would become ${wanted}, which is no port.`, {
    hint: 'Take another --port-offset.',
  });
}
