import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import type { Value } from '../value.ts';
import { computeProviders } from './providers/compute.ts';
import { dataProviders } from './providers/data.ts';
import { deliveryProviders } from './providers/delivery.ts';
import { integrationProviders } from './providers/integration.ts';
import { networkProviders } from './providers/network.ts';
import { securityProviders } from './providers/security.ts';
import { webProviders } from './providers/web.ts';
import type { KnownResource } from './runtime-state.ts';

export interface ProviderMembers {
  readonly properties?: Readonly<Record<string, Value>>;
  readonly absentMembers?: readonly string[];
}

/** What Azure adds to a type of resource. */
export type ComputeMembers = (resource: KnownResource) => ProviderMembers;

/** By resource type. */
export type ProviderTable = Readonly<Record<string, ComputeMembers>>;

export const providerTables = new CaseInsensitiveMap<ComputeMembers>(
  [
    networkProviders,
    webProviders,
    computeProviders,
    dataProviders,
    deliveryProviders,
    integrationProviders,
    securityProviders,
  ].flatMap((table) => Object.entries(table)),
);
