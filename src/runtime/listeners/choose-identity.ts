import type { TlsIdentity } from '../../certificates/tls-identity.ts';
import type { HttpListener } from '../../gateway/model.ts';
import type { EntryPoint } from '../../routing/compile-routing-table.ts';
import { foldHostName } from '../../routing/host.ts';
import type { TlsIdentities } from './tls-server.ts';

/**
 * Which listener's certificate a client is shown. With an unknown name, or none, v2 falls back on the first HTTPS
 * listener in the order of the rules and v1 resets the connection, unless there is a basic listener.
 * https://learn.microsoft.com/azure/application-gateway/ssl-overview#sni-differences
 */
export async function chooseIdentities(
  entryPoint: EntryPoint,
  generation: 'v1' | 'v2',
  identityOf: (listener: HttpListener) => Promise<TlsIdentity>,
): Promise<TlsIdentities> {
  const listeners = entryPoint.routes.map((route) => route.listener);
  const basic = listeners.find(({ hostNames }) => hostNames.length === 0);
  const spare = basic ?? listeners.find((listener) => generation === 'v2' || !listener.requireServerNameIndication);
  const fallback = spare === undefined ? null : await identityOf(spare);
  return {
    fallback,
    async find(serverName) {
      const name = foldHostName(serverName);
      const route = entryPoint.hosts.find(name) ?? entryPoint.hosts.find(withoutLocalhost(name));
      return route === undefined ? fallback : identityOf(route.listener);
    },
  };
}

/** `shop.contoso.com.localhost` stands for `shop.contoso.com`. */
function withoutLocalhost(name: string): string {
  return name.endsWith('.localhost') ? name.slice(0, -'.localhost'.length) : name;
}
