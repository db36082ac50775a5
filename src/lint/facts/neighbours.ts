import { sameName } from '../../base/case-insensitive-map.ts';
import type { FrontendIPConfiguration } from '../../gateway/model.ts';
import type { ResourceGraph } from '../../resources/resource-graph.ts';
import type { DeployedResource } from '../../template/evaluated-deployment.ts';
import { Raw } from '../raw.ts';
import { publicIpType } from './outside-references.ts';

/** Another resource of the same template. What is not among them stays unknown to the rules. */
export function findResource(graph: ResourceGraph, id: string | null | undefined): Raw | undefined {
  const found = id ? graph.find(id) : undefined;
  return found === undefined ? undefined : rawBody(found);
}

/** The public address of a frontend; a reference to something else is a fault of its own. */
export function findPublicAddress(
  graph: ResourceGraph,
  { publicIPAddressId }: FrontendIPConfiguration,
): Raw | undefined {
  const found = publicIPAddressId ? graph.find(publicIPAddressId) : undefined;
  return found !== undefined && sameName(found.type, publicIpType) ? rawBody(found) : undefined;
}

export function rawBody(resource: DeployedResource): Raw {
  return new Raw(resource.body, resource.origin);
}

export interface KnownSubnet {
  readonly id: string;
  readonly name: string;
  readonly addressPrefixes: readonly string[];
  readonly properties: Raw;
}

/** A subnet of the same template, whether written inside its virtual network or as a resource of its own. */
export function findSubnet(graph: ResourceGraph, id: string | null | undefined): KnownSubnet | undefined {
  const found = id ? graph.findSubnet(id) : undefined;
  if (found === undefined) return undefined;
  return { ...found, properties: new Raw(found.properties.value, found.properties.span) };
}
