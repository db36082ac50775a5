import type { EntryPoint, RoutingTable } from '../routing/compile-routing-table.ts';
import type { BackendSet } from './backends/backend-set.ts';

/**
 * All that requests are served from. A deployment builds a new one and swaps one reference; requests in flight finish
 * on the one they started with.
 */
export interface Deployment {
  readonly table: RoutingTable;
  readonly entryPoints: ReadonlyMap<string, EntryPoint>;
  readonly backends: BackendSet;
  /** Custom error pages by their URL; those that could not be loaded are missing. */
  readonly errorPages: ReadonlyMap<string, string>;
}
