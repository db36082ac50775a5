import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { Slotted } from '../base/slot-set.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import type { RequestFacts } from '../routing/check-request.ts';
import type { EntryPoint } from '../routing/compile-routing-table.ts';
import type { ClientResponse } from './client-response.ts';
import type { Deployment } from './deployment.ts';
import type { RuntimeServices } from './runtime-services.ts';

/** A request on its way through the gateway, with the answer it will get. */
export interface Exchange extends Slotted {
  readonly services: RuntimeServices;
  /** The one the request arrived under; it keeps it to its end. */
  readonly deployment: Deployment;
  readonly entryPoint: EntryPoint;
  readonly facts: RequestFacts;
  /** The request's body. */
  readonly incoming: Readable;
  readonly outgoing: ClientResponse;
  /** What a client that wants another protocol leaves us with; null for ordinary requests. */
  readonly upgrade: UpgradeStart | null;
  readonly record: RequestRecord;
  /** Carries the request to a backend; null before, and when the gateway answers by itself. */
  carrier: Carrier | null;
}

/**
 * An object, because a function made here for each request kept half of all garbage alive until the next full
 * collection (measured with Node 20 by `--trace-gc`).
 */
export interface Carrier {
  /** The client has left, or is to be answered by the gateway: the backend is let go. */
  cancel(): void;
}

export interface UpgradeStart {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  /** What the client sent after the request's head. */
  readonly head: Buffer;
}
