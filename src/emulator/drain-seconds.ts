import type { BackendHttpSettings } from '../gateway/model.ts';

/** https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#connection-draining */
const unsetDrainSeconds = 30;

/** How long what is open to a server may take when the server gets no more. */
export function drainSecondsOf({ connectionDraining: { enabled, drainTimeoutSeconds } }: BackendHttpSettings): number {
  return enabled ? drainTimeoutSeconds : unsetDrainSeconds;
}
