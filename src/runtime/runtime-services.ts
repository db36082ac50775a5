import type { Clock } from '../base/clock.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import type { Deployment } from './deployment.ts';
import type { IdleWheel } from './forwarding/idle-wheel.ts';
import type { UpgradeBridge } from './forwarding/upgrade-bridge.ts';

/** What the data path needs of the emulator around it. */
export interface RuntimeServices {
  readonly clock: Clock;
  readonly idleWheel: IdleWheel;
  readonly upgrades: UpgradeBridge;
  /** Swapped by a deployment; read once per request. */
  readonly deployment: Deployment;
  /** While draining, answers ask clients to close their connections. */
  readonly isDraining: boolean;
  /** Addresses that clients on this machine stand for, by the port they connect from. */
  readonly clientIps: ReadonlyMap<number, string> | undefined;
  /** The port of this machine that an entry point listens on; undefined when it does not. */
  localPort(entryPointKey: string): number | undefined;
  /** A client opened or closed a connection. */
  connectionChanged(change: 'opened' | 'closed'): void;
  /** A request is over and its record complete. */
  finished(record: RequestRecord): void;
  /** A stage threw: our mistake, told to whoever watches. */
  faulted(stage: string, error: unknown): void;
}
