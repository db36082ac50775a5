import type { DiagnosticDetails, DiagnosticKind } from '../../base/diagnostic.ts';
import type { ResourceId } from '../../base/resource-id.ts';
import type { PropertyReader } from '../../resources/property-reader.ts';
import type { ResourceGraph } from '../../resources/resource-graph.ts';
import type { Sku } from '../model.ts';

/** What the builders of the collections share while one gateway is built. */
export interface BuildContext {
  readonly gatewayId: string;
  /** The parts of that ID, which every reference is held against. */
  readonly ownId: ResourceId | undefined;
  readonly gatewayName: string;
  readonly generation: Sku['generation'];
  readonly graph: ResourceGraph;
  /** The gateway's `properties`. */
  readonly properties: PropertyReader;
  /** Scopes other than the gateway's own that references have named so far; each is reported once. */
  readonly foreignScopes: Set<string>;
  report(kind: DiagnosticKind, details: DiagnosticDetails): void;
}
