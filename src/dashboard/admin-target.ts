import type { Diagnostic } from '../base/diagnostic.ts';
import type { EmulatorEvents } from '../observability/emulator-events.ts';
import type { GatewayMetrics } from '../observability/metrics/gateway-metrics.ts';
import type { GatewayView } from './gateway-view.ts';

/** How a stand-in answers requests of the gateway, and its probes. */
export interface StandInChange {
  readonly delayMilliseconds?: number;
  /** null lets it answer as it usually does. */
  readonly status?: number | null;
  /** What its probes get; null lets it answer them well. */
  readonly probeStatus?: number | null;
}

/** What the admin API shows and changes. The emulator is one; results are JSON values. */
export interface AdminTarget {
  readonly events: EmulatorEvents;
  readonly metrics: GatewayMetrics;
  gateway(): GatewayView;
  /** In the shape of Azure's backend-health operation. */
  backendHealth(): unknown;
  /** Decision records, newest first. */
  requests(limit: number): unknown;
  /** What was found in the template that is being served. */
  findings(): readonly Diagnostic[];
  /** How a request would be routed. */
  explain(request: { readonly method: string; readonly url: string }): unknown;
  /** How a request of the log was routed; undefined when it is not there. */
  explainRequest(traceId: string): unknown;
  /** False when there is no such member. */
  setMemberState(pool: string, member: string, state: 'up' | 'down'): boolean | Promise<boolean>;
  /** Lets the member's stand-in be slow or broken. False when there is no such member. */
  changeStandIn(pool: string, member: string, change: StandInChange): boolean;
  isReady(): boolean;
}
