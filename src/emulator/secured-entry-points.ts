import type { OcspClient } from '../certificates/ocsp/ocsp-client.ts';
import type { Gateway, HttpListener } from '../gateway/model.ts';
import type { Notice } from '../observability/emulator-events.ts';
import type { EntryPoint, RoutingTable } from '../routing/compile-routing-table.ts';
import { chooseListener } from '../runtime/listeners/tls/choose-listener.ts';
import { clientAuthenticationOf } from '../runtime/listeners/tls/client-authentication.ts';
import type { ListenerTls, TlsSelection } from '../runtime/listeners/tls/listener-tls.ts';
import { tlsPolicyOf } from '../runtime/listeners/tls/tls-policy.ts';
import type { ListenerIdentity } from './identity-store.ts';

/** How the HTTPS entry points of a gateway are secured, and what differs from the template or from Azure. */
export interface SecuredEntryPoints {
  /** null for plain HTTP. */
  selectionFor(entryPoint: EntryPoint): TlsSelection | null;
  readonly certificateNotices: readonly Notice[];
  readonly policyNotices: readonly Notice[];
}

/** What listeners show, and who knows about revocation. */
export interface TlsSources {
  identityFor(listener: HttpListener): Promise<ListenerIdentity>;
  readonly ocsp: OcspClient;
}

/** Opens the certificates of a gateway's listeners and works out what they negotiate. */
export async function secureEntryPoints(
  { entryPoints, gateway }: RoutingTable,
  { identityFor, ocsp }: TlsSources,
): Promise<SecuredEntryPoints> {
  const listeners = entryPoints
    .filter(({ protocol }) => protocol === 'Https')
    .flatMap(({ routes }) => routes.map(({ listener }) => listener));
  const certificateNotices: Notice[] = [];
  const secured = new Map<HttpListener, ListenerTls>();
  for (const listener of listeners) {
    const { notice, identity } = await identityFor(listener);
    const policy = tlsPolicyOf(gateway, listener.sslProfile);
    const clientAuthentication = clientAuthenticationOf(listener.sslProfile, ocsp);
    if (notice !== null) certificateNotices.push(notice);
    const staple: ListenerTls['staple'] = (certificate, issuer) => ocsp.staple(certificate, issuer);
    secured.set(listener, { policy, identity, clientAuthentication, staple });
  }
  return {
    certificateNotices,
    policyNotices: policyNotices(secured),
    selectionFor: (entryPoint) => (entryPoint.protocol === 'Https' ? selectionOf(entryPoint, gateway, secured) : null),
  };
}

function selectionOf(
  entryPoint: EntryPoint,
  { sku, enableHttp2 }: Gateway,
  secured: ReadonlyMap<HttpListener, ListenerTls>,
): TlsSelection {
  return {
    protocols: enableHttp2 ? ['h2', 'http/1.1'] : ['http/1.1'],
    find(serverName) {
      const listener = chooseListener(entryPoint, sku.generation, serverName);
      return (listener && secured.get(listener)) ?? null;
    },
  };
}

/** Each remark once, with the listeners it is about. */
function policyNotices(secured: ReadonlyMap<HttpListener, ListenerTls>): Notice[] {
  const listeners = new Map<string, string[]>();
  for (const [{ name }, { policy }] of secured) {
    for (const remark of policy.remarks) listeners.set(remark, [...(listeners.get(remark) ?? []), `'${name}'`]);
  }
  return Array.from(listeners, ([remark, names]) => ({
    severity: 'info',
    message: `TLS policy of ${names.length === 1 ? 'listener' : 'listeners'} ${names.join(', ')}: ${remark}`,
  }));
}
