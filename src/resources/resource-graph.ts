import { CaseInsensitiveMap, foldCase } from '../base/case-insensitive-map.ts';
import { foldId, parseResourceId } from '../base/resource-id.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { PropertyReader } from './property-reader.ts';

/** The resources of a deployment, and the ways between them. IDs and types ignore case. */
export interface ResourceGraph {
  readonly resources: readonly DeployedResource[];
  find(id: string): DeployedResource | undefined;
  ofType(type: string): readonly DeployedResource[];
  /** Resources declared directly below another one, such as the subnets of a virtual network. */
  childrenOf(id: string): readonly DeployedResource[];
  /** A subnet, whether it is a resource of its own or written inside its virtual network. */
  findSubnet(id: string): Subnet | undefined;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly addressPrefixes: readonly string[];
  /** Its `properties`. */
  readonly properties: PropertyReader;
}

export function buildResourceGraph(resources: readonly DeployedResource[]): ResourceGraph {
  const byId = new Map<string, DeployedResource>();
  const byType = new CaseInsensitiveMap<DeployedResource[]>();
  const byParent = new Map<string, DeployedResource[]>();
  for (const resource of resources) {
    byId.set(foldId(resource.id), resource);
    append(byType.get(resource.type), resource, (list) => byType.set(resource.type, list));
    const parent = parentId(resource.id);
    if (parent !== undefined) append(byParent.get(parent), resource, (list) => byParent.set(parent, list));
  }
  const find = (id: string) => byId.get(foldId(id));
  return {
    resources,
    find,
    ofType: (type) => byType.get(type) ?? [],
    childrenOf: (id) => byParent.get(foldId(id)) ?? [],
    findSubnet: (id) => findSubnet(id, find),
  };
}

function append<T>(list: T[] | undefined, item: T, create: (list: T[]) => void): void {
  if (list === undefined) create([item]);
  else list.push(item);
}

/** The folded ID of the resource that a child's ID stands below. */
function parentId(id: string): string | undefined {
  const parsed = parseResourceId(id);
  if (parsed === undefined || parsed.types.length < 2) return undefined;
  return foldId(id).split('/').slice(0, -2).join('/');
}

function findSubnet(id: string, find: (id: string) => DeployedResource | undefined): Subnet | undefined {
  const resource = find(id);
  if (resource !== undefined) {
    const properties = new PropertyReader(resource.body, '').object('properties');
    return subnetOf(id, resource.name.split('/').at(-1) ?? resource.name, properties);
  }
  const [networkId, name] = splitSubnetId(id);
  const network = networkId === undefined ? undefined : find(networkId);
  if (network === undefined || name === undefined) return undefined;
  const inline = new PropertyReader(network.body, '')
    .object('properties')
    .objects('subnets')
    .find((subnet) => foldCase(subnet.string('name') ?? '') === foldCase(name));
  return inline === undefined ? undefined : subnetOf(id, name, inline.object('properties'));
}

function splitSubnetId(id: string): [networkId: string | undefined, name: string | undefined] {
  const match = /^(.*)\/subnets\/([^/]+)\/?$/i.exec(id);
  return [match?.[1], match?.[2]];
}

function subnetOf(id: string, name: string, properties: PropertyReader): Subnet {
  const single = properties.text('addressPrefix');
  const several = properties.strings('addressPrefixes');
  return { id, name, addressPrefixes: several.length > 0 ? several : single === null ? [] : [single], properties };
}
