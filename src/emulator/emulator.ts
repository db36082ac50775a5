import type { Socket } from 'node:net';
import type { Issuer } from '../certificates/issue-certificate.ts';
import type { Gateway } from '../gateway/model.ts';
import type { MockBackend } from '../mock-backend/mock-backend.ts';
import type { EmulatorEvents } from '../observability/emulator-events.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import type { RoutingTable } from '../routing/compile-routing-table.ts';
import type { BackendServer } from '../runtime/backends/backend-server.ts';
import type { BackendHealth } from './backend-health.ts';
import type { BackendDescription, ListenerDescription } from './descriptions.ts';
import type { EmulatorOptions } from './options.ts';
import { RunningEmulator } from './running-emulator.ts';

/** A running gateway. */
export interface Emulator extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly table: RoutingTable;
  readonly events: EmulatorEvents;
  readonly isReady: boolean;
  readonly listeners: readonly ListenerDescription[];
  /** Where each entry point is found on this machine. */
  readonly places: ReadonlyMap<string, { readonly address: string; readonly port: number }>;
  readonly backends: readonly BackendDescription[];
  readonly servers: readonly BackendServer[];
  /** The stand-in servers among them. */
  readonly mocks: readonly MockBackend[];
  /** Certificate and key of the authority behind the HTTPS listeners' certificates; null when there are none. */
  readonly authority: Issuer | null;
  /** Files that listeners show certificates from. They are read with each deployment, and every four hours. */
  readonly certificateFiles: readonly string[];
  backendHealth(): BackendHealth;
  /** The latest requests, newest first. */
  requests(limit?: number): readonly RequestRecord[];
  findRequest(traceId: string): RequestRecord | undefined;
  /**
   * Takes a member of a pool away, or gives it back; settles when its health says so. Member: `address` or
   * `address:port`. False when there is no such member.
   */
  setMemberState(pool: string, member: string, state: 'up' | 'down'): Promise<boolean>;
  /**
   * Serves another gateway from now on. Requests in flight finish on the old one, and what did not change keeps its
   * ports, connections and health. When it fails the old one goes on.
   */
  deploy(gateway: Gateway): Promise<void>;
  /** Takes a connection that was accepted elsewhere; false when nobody listens there. */
  take(entryPointKey: string, socket: Socket): boolean;
  /** Notes a request that another instance has served. */
  remember(record: RequestRecord): void;
  /** Stops accepting, lets requests in flight finish for so long, and closes everything. May be called again. */
  dispose(drainMilliseconds?: number): Promise<void>;
}

/**
 * Starts a gateway on this machine, and waits until every listener accepts and every probe has answered once or had its
 * time.
 *
 * @throws EmulatorError for options that make no sense and ports that cannot be had
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const emulator = new RunningEmulator(options);
  try {
    await emulator.start();
    return emulator;
  } catch (error) {
    await emulator.dispose(0);
    throw error;
  }
}
