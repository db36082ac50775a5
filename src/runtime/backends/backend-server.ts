import { createHash } from 'node:crypto';
import type { BackendAddress, BackendAddressPool, BackendHttpSettings } from '../../gateway/model.ts';
import type { ServerAddress } from '../../routing/route.ts';
import type { BackendTls } from '../forwarding/backend-tls.ts';
import type { BackendTransport } from '../forwarding/backend-transport.ts';
import { type HealthState, unknownHealth } from '../probes/probe-state.ts';
import type { BackendTarget } from './backend-target.ts';

/** What is known of a server; carried over when a deployment leaves the server as it is. */
export interface ServerState {
  health: HealthState;
  /** Taken down by the user; nothing reaches it, whatever its probe found last. */
  isHeldDown: boolean;
  openRequests: number;
  /** Its time to drain is over: its connections are closed for good. */
  hasLeft: boolean;
}

export function newServerState(): ServerState {
  return { health: unknownHealth, isHeldDown: false, openRequests: 0, hasLeft: false };
}

/** A member of a pool together with the settings it is used with: what is probed, chosen and connected to. */
export class BackendServer {
  readonly pool: BackendAddressPool;
  readonly member: Pick<BackendAddress, 'address' | 'kind'>;
  readonly settings: BackendHttpSettings;
  readonly address: ServerAddress;
  readonly target: BackendTarget;
  readonly transport: BackendTransport;
  /** null for plain HTTP. */
  readonly tls: BackendTls | null;
  /** Value of affinity cookies that name this server. */
  readonly affinity: string;
  readonly state: ServerState;

  constructor(
    pool: BackendAddressPool,
    member: Pick<BackendAddress, 'address' | 'kind'>,
    settings: BackendHttpSettings,
    target: BackendTarget,
    transport: BackendTransport,
    tls: BackendTls | null = null,
    state: ServerState = newServerState(),
  ) {
    this.pool = pool;
    this.member = member;
    this.settings = settings;
    this.address = { address: member.address, kind: member.kind, port: settings.port };
    this.target = target;
    this.transport = transport;
    this.tls = tls;
    this.state = state;
    this.affinity = affinityValue(settings.id, `${this.ipOrName}:${settings.port}`);
  }

  /** As logs and the health report name it: by its own address when it is one of several behind a name. */
  get ipOrName(): string {
    return this.target.kind === 'live' ? this.target.host : this.member.address;
  }

  /** False where the user wants nobody to answer, and where nobody can. */
  get isReachable(): boolean {
    const { isHeldDown, hasLeft } = this.state;
    return !isHeldDown && !hasLeft && this.target.kind !== 'down' && this.target.kind !== 'unresolved';
  }

  get isAvailable(): boolean {
    return this.state.health.health === 'Healthy' && this.isReachable;
  }
}

/**
 * A GUID, always the same for the same settings and server. Azure's is opaque; it differs between settings of one pool.
 */
export function affinityValue(settingsId: string, server: string): string {
  const digest = createHash('sha256').update(`${settingsId.toLowerCase()}\n${server.toLowerCase()}`).digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`;
}
