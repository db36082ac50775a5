import type { BackendDescription, ListenerDescription } from '../emulator/descriptions.ts';
import type { RouteListing } from '../routing/list-routes.ts';

/** What the admin API tells of the gateway in force. */
export interface GatewayView {
  readonly name: string;
  readonly id: string;
  readonly sku: string;
  readonly listeners: readonly ListenerDescription[];
  readonly backends: readonly BackendView[];
  readonly routes: readonly RouteListing[];
  readonly loadDistributionPolicies: readonly { readonly name: string; readonly pools: readonly string[] }[];
  readonly notEmulated: readonly { readonly feature: string; readonly consequence: string }[];
}

export interface BackendView extends BackendDescription {
  /** Of the stand-in server; null where there is none. */
  readonly state: 'up' | 'down' | null;
  /** How long the stand-in waits before it answers. */
  readonly delayMilliseconds: number | null;
}
