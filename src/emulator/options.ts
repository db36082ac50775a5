import type { Clock } from '../base/clock.ts';
import type { CertificateOptions } from '../certificates/certificate-options.ts';
import type { Issuer } from '../certificates/issue-certificate.ts';
import type { Gateway } from '../gateway/model.ts';
import type { EmulatorEvents } from '../observability/emulator-events.ts';
import type { Behaviour } from '../routing/behaviour.ts';
import type { Hosts, LookUp } from '../runtime/backends/backend-names.ts';
import type { BackendSpec } from '../runtime/backends/backend-spec.ts';
import type { BackendTarget } from '../runtime/backends/backend-target.ts';
import type { ServerLimits } from '../runtime/listeners/gateway-server.ts';
import type { ConnectionSharing } from './listener-set.ts';

/** One of several processes that serve a gateway together. */
export interface InstanceOptions extends ConnectionSharing {
  /** 0 for the one that accepts connections. */
  readonly number: number;
  /** Where the stand-in of a member is that another process runs. */
  readonly standIns?: (
    pool: string,
    member: string,
    port: number,
  ) => Pick<BackendTarget, 'protocol' | 'host' | 'port'> | undefined;
  /** The local authority of the one that accepts connections; clients are to see one and the same. */
  readonly authority?: () => Issuer | null;
}

export type Unmapped = 'mock' | 'live' | 'down';

export interface EmulatorOptions {
  readonly gateway: Gateway;
  /** Added to frontend ports below 1024. Default 8000. */
  readonly portOffset?: number;
  /** Default 127.0.0.1. */
  readonly bind?: string;
  /** Frontend port, or `all`, to `[address:]port`; port 0 takes a free one. */
  readonly listen?: Readonly<Record<string, string | number>>;
  /**
   * Where members of pools really are: `pool`, `address`, `address:port` or `pool/address[:port]` to `host:port` or URL,
   * a folder of files, a recorded response, or one of these for each port.
   */
  readonly backends?: Readonly<Record<string, BackendSpec>>;
  /** What stands for members that `backends` does not name: a stand-in server (default), the real one, or nothing. */
  readonly unmapped?: Unmapped;
  /** Check certificates behind `backends` as Azure would; they are trusted unless set. */
  readonly verifyBackends?: boolean;
  /** Addresses behind names of pool members; members that are named so go there, unless `backends` says otherwise. */
  readonly hosts?: Hosts;
  /** Finds the addresses behind all other names. Default: the system. */
  readonly lookUp?: LookUp;
  /** Files that stand for custom error pages, by the URL in the template. */
  readonly errorPages?: Readonly<Record<string, string>>;
  /** Choices where Azure's documents leave the gateway's behaviour open. */
  readonly behaviour?: Partial<Behaviour>;
  /** How many requests are kept to be looked at. Default 200. */
  readonly requestLogSize?: number;
  /** Where time comes from. */
  readonly clock?: Clock;
  /** Where the certificates of HTTPS listeners come from. */
  readonly certificates?: CertificateOptions;
  /** Receives what happens, from the first moment on. */
  readonly events?: EmulatorEvents;
  /** Addresses that clients on this machine stand for, by the port they connect from; read for each request. */
  readonly clientIps?: ReadonlyMap<number, string>;
  /** How long starting waits for the first answer of every probe. Default 5000. */
  readonly readyTimeoutMilliseconds?: number;
  /** Which one of several this is; alone unless set. */
  readonly instance?: InstanceOptions;
  /** How long a client may take; Azure's limits unless set. */
  readonly limits?: Partial<ServerLimits>;
}
