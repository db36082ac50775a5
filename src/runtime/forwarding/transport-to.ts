import type { BackendHttpSettings } from '../../gateway/model.ts';
import { type BackendTarget, originOf } from '../backends/backend-target.ts';
import type { BackendTls } from './backend-tls.ts';
import type { BackendTransport } from './backend-transport.ts';
import { DedicatedTransport } from './dedicated-transport.ts';
import { NowhereTransport } from './nowhere-transport.ts';
import { UndiciTransport } from './undici-transport.ts';

/** Connections to a server, as its settings want them. */
export function transportTo(
  target: BackendTarget,
  settings: BackendHttpSettings,
  tls: BackendTls | null,
): BackendTransport {
  if (target.kind === 'down' || target.kind === 'unresolved') return new NowhereTransport();
  const Transport = settings.dedicatedBackendConnection ? DedicatedTransport : UndiciTransport;
  const connectTimeoutMilliseconds = settings.requestTimeoutSeconds * 1000;
  return new Transport({ origin: originOf(target), connectTimeoutMilliseconds, tls });
}
