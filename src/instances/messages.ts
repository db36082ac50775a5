import type { Issuer } from '../certificates/issue-certificate.ts';
import type { BackendHealth } from '../emulator/backend-health.ts';
import type { BackendDescription } from '../emulator/descriptions.ts';
import type { EmulatorOptions } from '../emulator/options.ts';
import type { Gateway } from '../gateway/model.ts';
import type { Notice } from '../observability/emulator-events.ts';
import type { MetricSnapshot } from '../observability/metrics/shared-metrics.ts';
import type { SentFault } from './sent-fault.ts';
import type { TransferredRequest } from './transferred-request.ts';

/** What an instance serves, and how. */
export interface Assignment {
  readonly gateway: Gateway;
  /** Where the instance that listens does so, by entry point. */
  readonly places: ReadonlyMap<string, { readonly address: string; readonly port: number }>;
  /** Where members really are; stand-ins run in one process for all. */
  readonly backends: readonly BackendDescription[];
  /** The local authority, which might not be kept anywhere; null while no listener needs it. */
  readonly authority: Issuer | null;
  /** Members that the user has taken down. */
  readonly down: readonly { readonly pool: string; readonly member: string }[];
}

/** Options that can be sent: without functions, clocks and events. */
export type SentOptions = Omit<
  EmulatorOptions,
  'gateway' | 'events' | 'clock' | 'lookUp' | 'instance' | 'clientIps' | 'listen' | 'portOffset' | 'bind'
>;

/** From the process that accepts connections to one that serves them. Those with an id are answered by `done`. */
export type ToInstance =
  | {
      readonly kind: 'start';
      readonly id: number;
      readonly number: number;
      readonly options: SentOptions;
      readonly assignment: Assignment;
      /** The logs whose lines are wanted. */
      readonly logs: readonly LogKind[];
    }
  | { readonly kind: 'deploy'; readonly id: number; readonly assignment: Assignment }
  /** Comes with the connection itself. */
  | { readonly kind: 'connection'; readonly entryPoint: string }
  | {
      readonly kind: 'member';
      readonly id: number;
      readonly pool: string;
      readonly member: string;
      readonly state: 'up' | 'down';
    }
  | { readonly kind: 'stop'; readonly id: number; readonly drainMilliseconds: number | undefined };

export type LogKind = 'access' | 'performance';

export type FromInstance =
  | { readonly kind: 'done'; readonly id: number; readonly fault: SentFault | null }
  | { readonly kind: 'log'; readonly log: LogKind; readonly text: string }
  | { readonly kind: 'notice'; readonly notice: Omit<Notice, 'cause'> }
  | { readonly kind: 'report'; readonly report: InstanceReport };

/** What an instance has seen since its last report. */
export interface InstanceReport {
  /** The latest requests; of many only some. */
  readonly requests: readonly TransferredRequest[];
  readonly metrics: readonly MetricSnapshot[];
  readonly health: BackendHealth;
}
