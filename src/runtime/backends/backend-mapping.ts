import { sameName } from '../../base/case-insensitive-map.ts';
import { EmulatorError } from '../../base/errors.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { Problem } from '../../base/problem.ts';
import type { BackendAddressPool, Gateway } from '../../gateway/model.ts';
import { type BackendSpec, type MappedTo, readBackendSpec } from './backend-spec.ts';
import { listUsedBackends, type UsedBackend } from './used-backends.ts';

/** Where the user wants the requests for some members to go. */
export interface BackendMapping {
  /** As the user wrote it: `pool`, `address`, `address:port` or `pool/address[:port]`. */
  readonly member: string;
  readonly pool: string | null;
  readonly address: string | null;
  readonly port: number | null;
  readonly to: MappedTo;
}

/** The member of a pool that a mapping is looked up for. */
export interface MappedMember {
  readonly pool: BackendAddressPool;
  readonly address: string;
  readonly port: number;
}

/**
 * Reads mappings and matches them with the gateway's pools.
 *
 * @throws EmulatorError `InvalidOption` for a target that is none, and for a mapping that names nothing
 */
export function parseBackendMappings(
  mappings: Readonly<Record<string, BackendSpec>>,
  gateway: Gateway,
): readonly BackendMapping[] {
  const used = listUsedBackends(gateway);
  return Object.entries(mappings).flatMap(([member, spec]) => {
    const { mappings: read, faults } = matchMapping(member, spec, { gateway, used });
    const [fault] = faults;
    if (fault !== undefined) throw new EmulatorError('InvalidOption', fault.message, fault);
    return read;
  });
}

/** All mappings that name nothing of the gateway's, or a port that nothing there is used with. */
export function findMappingFaults(
  mappings: Readonly<Record<string, BackendSpec>>,
  gateway: Gateway,
): readonly Problem[] {
  const used = listUsedBackends(gateway);
  return Object.entries(mappings).flatMap(([member, spec]) => matchMapping(member, spec, { gateway, used }).faults);
}

interface Known {
  readonly gateway: Gateway;
  readonly used: readonly UsedBackend[];
}

interface Matched {
  readonly mappings: readonly BackendMapping[];
  readonly faults: readonly Problem[];
}

function matchMapping(member: string, spec: BackendSpec, { gateway, used }: Known): Matched {
  const name = parseMember(member, gateway);
  if (name === undefined) return { mappings: [], faults: [namesNothing(member, gateway.backendAddressPools)] };
  const places = readBackendSpec(member, spec);
  const mappings = places.map(({ port, to }) => ({ member, ...name, port: port ?? name.port, to }));
  const faults = places.flatMap(({ port }, index) => {
    const mapping = mappings[index];
    const path = port === null ? [member] : [member, 'ports', String(port)];
    return mapping === undefined ? [] : findPortFault(mapping, path, used);
  });
  return { mappings, faults };
}

/** A port that the member is never used with is a slip of the pen; a pool that no rule uses may be mapped all the same. */
function findPortFault(mapping: BackendMapping, path: Problem['path'], used: readonly UsedBackend[]): Problem[] {
  const { member, port } = mapping;
  const ports = used.flatMap(({ source, settings }) => {
    const named = poolsOf(source).some(
      (pool) =>
        (mapping.pool === null || sameName(mapping.pool, pool.name)) &&
        (mapping.address === null || hasMember(pool, mapping.address)),
    );
    return named ? [settings.port] : [];
  });
  if (port === null || ports.length === 0 || ports.includes(port)) return [];
  const message = `The backend mapping '${member}' is for port ${port}, which no rule uses.`;
  return [{ path, message, hint: `The backend settings in use there have: ${[...new Set(ports)].join(', ')}.` }];
}

function poolsOf(source: UsedBackend['source']): readonly BackendAddressPool[] {
  return 'targets' in source ? source.targets.flatMap((target) => target.backendAddressPool ?? []) : [source];
}

/** The mapping that names a member most precisely; undefined when none names it. */
export function findMapping(mappings: readonly BackendMapping[], member: MappedMember): BackendMapping | undefined {
  let best: BackendMapping | undefined;
  for (const mapping of mappings) {
    if (!applies(mapping, member)) continue;
    if (best === undefined || precisionOf(mapping) > precisionOf(best)) best = mapping;
  }
  return best;
}

function applies({ pool, address, port }: BackendMapping, member: MappedMember): boolean {
  return (
    (pool === null || sameName(pool, member.pool.name)) &&
    (address === null || sameName(address, member.address)) &&
    (port === null || port === member.port)
  );
}

/** `pool/address:port` before `pool/address`, `address:port`, `address` and `pool`. */
function precisionOf({ pool, address, port }: BackendMapping): number {
  return (address === null ? 0 : 4) + (pool === null ? 0 : 2) + (port === null ? 0 : 1);
}

type MemberName = Pick<BackendMapping, 'pool' | 'address' | 'port'>;

/** undefined when it names nothing of the gateway's. */
function parseMember(text: string, gateway: Gateway): MemberName | undefined {
  const pools = gateway.backendAddressPools;
  const wholePool = pools.find(({ name }) => sameName(name, text));
  if (wholePool !== undefined) return { pool: wholePool.name, address: null, port: null };
  const slash = text.indexOf('/');
  if (slash === -1) return withoutPool(text, pools);
  const pool = pools.find(({ name }) => sameName(name, text.slice(0, slash)));
  if (pool === undefined) return undefined;
  const { address, port } = splitAddress(text.slice(slash + 1));
  return hasMember(pool, address) ? { pool: pool.name, address, port } : undefined;
}

function withoutPool(text: string, pools: readonly BackendAddressPool[]): MemberName | undefined {
  const { address, port } = splitAddress(text);
  return pools.some((pool) => hasMember(pool, address)) ? { pool: null, address, port } : undefined;
}

function hasMember(pool: BackendAddressPool, address: string): boolean {
  return pool.members.some((member) => sameName(member.address, address));
}

/** `10.0.0.4:8080`, `[::1]:80`, `::1`, `backend.contoso.com`. */
function splitAddress(text: string): { address: string; port: number | null } {
  const bracket = /^\[(.+)\](?::(\d+))?$/.exec(text);
  if (bracket) return { address: bracket[1] ?? '', port: bracket[2] === undefined ? null : Number(bracket[2]) };
  const colon = text.lastIndexOf(':');
  const isIPv6 = text.indexOf(':') !== colon;
  if (colon === -1 || isIPv6 || !/^\d+$/.test(text.slice(colon + 1))) return { address: text, port: null };
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

function namesNothing(text: string, pools: readonly BackendAddressPool[]): Problem {
  const known = pools.flatMap(({ name, members }) => [name, ...members.map(({ address }) => `${name}/${address}`)]);
  const nearest = nearestName(text, [...known, ...pools.flatMap(({ members }) => members.map((m) => m.address))]);
  return {
    path: [text],
    message: `The backend mapping '${text}' names no pool and no member of one.`,
    hint:
      nearest === undefined
        ? `This gateway has: ${known.map((name) => `'${name}'`).join(', ') || 'no backend pools'}.`
        : `Did you mean '${nearest}'?`,
  };
}
