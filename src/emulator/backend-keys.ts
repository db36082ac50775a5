import type { BackendAddressPool, BackendHttpSettings } from '../gateway/model.ts';
import type { BackendServer } from '../runtime/backends/backend-server.ts';
import type { PoolMember } from '../runtime/backends/backend-set.ts';
import type { BackendTarget } from '../runtime/backends/backend-target.ts';
import type { BackendTls } from '../runtime/forwarding/backend-tls.ts';

/** What a stand-in stands for. */
export function mockKey(pool: BackendAddressPool, member: PoolMember, settings: BackendHttpSettings): string {
  return JSON.stringify([pool.name.toLowerCase(), member.address.toLowerCase(), settings.port]);
}

export function keyOfServer({ pool, member, settings, target, tls }: BackendServer): string {
  return keyOf(pool, member, settings, target, tls);
}

/** Two servers with the same key may share connections and health. */
export function keyOf(
  pool: BackendAddressPool,
  member: PoolMember,
  settings: BackendHttpSettings,
  target: BackendTarget,
  tls: BackendTls | null,
): string {
  const { name, port, sniName, hostName, pickHostNameFromBackendAddress: picks } = settings;
  const {
    validateCertChainAndExpiry: chain,
    validateSNI: sni,
    trustedRootCertificates,
    authenticationCertificates,
  } = settings;
  const roots = [...trustedRootCertificates, ...authenticationCertificates].map(({ data }) => data);
  const secured = tls === null ? [] : [sniName, hostName, picks, chain, sni, roots, tls.ciphers];
  const names = [pool.name, member.address, name].map((each) => each.toLowerCase());
  return JSON.stringify([...names, port, target, secured, settings.dedicatedBackendConnection]);
}
