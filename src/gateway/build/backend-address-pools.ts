import type { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import type { PropertyReader } from '../../resources/property-reader.ts';
import type { BackendAddress, BackendAddressPool } from '../model.ts';
import { type Entry, originOf } from './entries.ts';

/** @param joined members that joined the pools by themselves, by the pool's name */
export function buildBackendAddressPool(
  entry: Entry,
  joined: CaseInsensitiveMap<readonly BackendAddress[]>,
): BackendAddressPool {
  const listed = entry.properties.objects('backendAddresses').flatMap((address) => listedMember(address) ?? []);
  return { ...entry.common, members: [...listed, ...(joined.get(entry.common.name) ?? [])] };
}

/** Samples write `{}` and `{ "ipAddress": "" }` for a pool that is filled later. */
function listedMember(reader: PropertyReader): BackendAddress | undefined {
  const address = (reader.text('ipAddress') ?? reader.text('fqdn'))?.trim();
  if (!address) return undefined;
  return { address, kind: addressKind(address), joinedBy: 'backendAddresses', origin: originOf(reader) };
}

/** By what it is, not by which property it stands in: Azure takes an IP address under `fqdn` as well. */
export function addressKind(address: string): BackendAddress['kind'] {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(address) || address.includes(':') ? 'ipAddress' : 'fqdn';
}
