/** What one probe found. */
export interface ProbeResult {
  readonly isSuccess: boolean;
  /** In Azure's words; what `healthProbeLog` shows. */
  readonly log: string;
}

/** What the gateway holds of one server with one backend settings. */
export interface HealthState {
  readonly health: 'Unknown' | 'Healthy' | 'Unhealthy';
  /** Failed probes in a row. */
  readonly failures: number;
  readonly log: string;
}

/** Before the first probe has answered a server gets no requests. */
export const unknownHealth: HealthState = { health: 'Unknown', failures: 0, log: '' };

/**
 * One success makes a server healthy at once; a healthy one becomes unhealthy after `unhealthyThreshold` failures in a
 * row. A server that never answered well is unhealthy from its first failure on.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
 */
export function nextHealth(state: HealthState, result: ProbeResult, unhealthyThreshold: number): HealthState {
  if (result.isSuccess) return { health: 'Healthy', failures: 0, log: result.log };
  const failures = state.failures + 1;
  if (state.health === 'Healthy' && failures < unhealthyThreshold) return { ...state, failures };
  return { health: 'Unhealthy', failures, log: result.log };
}

/** Whether v1, which asks again at once after a failure, has something to ask again. */
export function isInDoubt(state: HealthState): boolean {
  return state.health === 'Healthy' && state.failures > 0;
}
