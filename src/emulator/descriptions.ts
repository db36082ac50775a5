import type { EntryPoint } from '../routing/compile-routing-table.ts';
import type { BackendServer } from '../runtime/backends/backend-server.ts';
import { originOf, type ShownFiles } from '../runtime/backends/backend-target.ts';
import type { OpenListener } from './listener-set.ts';

/** A listener of the template and where it is found on this machine. */
export interface ListenerDescription {
  readonly name: string;
  readonly protocol: 'Http' | 'Https';
  readonly frontendPort: number;
  readonly hostNames: readonly string[];
  readonly address: string;
  readonly port: number;
  /** As `https://127.0.0.1:8443`. */
  readonly url: string;
}

/** A pool member and where requests for it really go. */
export interface BackendDescription {
  readonly pool: string;
  readonly member: string;
  readonly port: number;
  readonly kind: 'mapped' | 'mock' | 'live' | 'unresolved' | 'down';
  /** As `http://127.0.0.1:40123`; null for members that nobody stands for. */
  readonly target: string | null;
  /** What a mock answers with, where that is not a description of the request. */
  readonly shows?: ShownFiles;
}

export function describeListeners(entryPoint: EntryPoint, { address, port }: OpenListener): ListenerDescription[] {
  const protocol = entryPoint.protocol === 'Https' ? 'https' : 'http';
  const url = originOf({ protocol, host: reachable(address), port });
  return entryPoint.routes.map(({ listener }) => ({
    name: listener.name,
    protocol: entryPoint.protocol,
    frontendPort: entryPoint.port,
    hostNames: listener.hostNames,
    address,
    port,
    url,
  }));
}

/** A member that several settings lead to at the same place is told of once. */
export function describeBackends(servers: readonly BackendServer[]): readonly BackendDescription[] {
  return [...new Map(servers.map(describeBackend).map((each) => [JSON.stringify(each), each])).values()];
}

function describeBackend({ pool, member, settings, target }: BackendServer): BackendDescription {
  return {
    pool: pool.name,
    member: member.address,
    port: settings.port,
    kind: target.kind,
    target: target.kind === 'down' || target.kind === 'unresolved' ? null : originOf(target),
    ...(target.shows === undefined ? {} : { shows: target.shows }),
  };
}

/** An address of this machine in place of the one that stands for all of them. */
function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}
