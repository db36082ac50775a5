import type { RouteListing } from '../../../routing/list-routes.ts';
import type { BackendView, GatewayView } from '../../gateway-view.ts';

/** The columns of the picture, in the order of a request's way. */
export const columns = ['Listener', 'Rule', 'Path', 'Pool or redirect', 'Member'] as const;

export type NodeKind = 'listener' | 'rule' | 'path' | 'pool' | 'redirect' | 'member';

export interface TopologyNode {
  /** As `member:web/10.0.0.4`. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly column: number;
  readonly name: string;
  /** What else there is to say in a line. */
  readonly detail: string;
  /** Name of the rewrite rule set that runs on the way. */
  readonly rewriteRuleSet: string | null;
  readonly isShadowed: boolean;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
}

export interface Topology {
  /** Column by column, in the order in which the gateway tries them. */
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

/** Names of what a request meets on its way; what it does not meet is null. */
export interface Way {
  readonly listener: string | null;
  readonly rule: string | null;
  readonly pathRule: string | null;
  readonly advancedRoutingRule?: string | null;
  readonly pool: string | null;
  readonly member: string | null;
}

export const nodeId = {
  listener: (listener: string) => `listener:${listener}`,
  rule: (rule: string) => `rule:${rule}`,
  path: (rule: string, pathRule: string | null) => `path:${rule}/${pathRule ?? ''}`,
  pool: (pool: string) => `pool:${pool}`,
  redirect: (redirect: string) => `redirect:${redirect}`,
  member: (pool: string, member: string) => `member:${pool}/${member}`,
};

export const edgeId = ({ from, to }: TopologyEdge) => `${from} → ${to}`;

/** Draws the gateway as a graph of what a request can meet, each thing once. */
export function buildTopology(gateway: GatewayView): Topology {
  const nodes = new Map<string, TopologyNode>();
  const edges = new Map<string, TopologyEdge>();
  const add = (node: TopologyNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
  };
  const connect = (from: string, to: string) => edges.set(edgeId({ from, to }), { from, to });
  for (const [id, routes] of groupBy(gateway.routes, ({ listener }) => nodeId.listener(listener))) {
    add(listenerNode(id, routes));
  }
  for (const [id, routes] of groupBy(gateway.routes, pathOf)) {
    const [route] = routes;
    if (route === undefined) continue;
    add(ruleNode(route));
    add(pathNode(id, routes, route));
    connect(nodeId.listener(route.listener), nodeId.rule(route.rule));
    connect(nodeId.rule(route.rule), id);
    for (const target of targetNodes(route, gateway)) {
      add(target);
      connect(id, target.id);
    }
  }
  for (const member of memberNodes(gateway)) {
    add(member.node);
    connect(nodeId.pool(member.pool), member.node.id);
  }
  return { nodes: [...nodes.values()].sort((a, b) => a.column - b.column), edges: [...edges.values()] };
}

/** The nodes that a request meets, in order; those that the picture does not have are left out. */
export function nodesOnWay(topology: Topology, way: Way): readonly string[] {
  if (way.listener === null) return [];
  const path = way.rule === null ? null : nodeId.path(way.rule, way.pathRule ?? way.advancedRoutingRule ?? null);
  const redirect = topology.edges.find(({ from, to }) => from === path && to.startsWith('redirect:'))?.to ?? null;
  const wanted = [
    nodeId.listener(way.listener),
    way.rule === null ? null : nodeId.rule(way.rule),
    path,
    way.pool === null ? redirect : nodeId.pool(way.pool),
    way.pool === null || way.member === null ? null : nodeId.member(way.pool, way.member),
  ];
  const known = new Set(topology.nodes.map(({ id }) => id));
  return wanted.filter((id) => id !== null && known.has(id)).map(String);
}

function pathOf({ rule, pathRule, advancedRoutingRule }: RouteListing): string {
  return nodeId.path(rule, pathRule ?? advancedRoutingRule);
}

function listenerNode(id: string, routes: readonly RouteListing[]): TopologyNode {
  const [route] = routes;
  const hosts = [...new Set(routes.map(({ host }) => host ?? 'every host'))];
  return {
    ...plain(id, 'listener', 0, route?.listener ?? ''),
    detail: `${route?.protocol.toLowerCase()} ${route?.port} · ${hosts.join(', ')}`,
  };
}

function ruleNode({ rule, ruleType, priority }: RouteListing): TopologyNode {
  const detail = priority === null ? ruleType : `${ruleType} · priority ${priority}`;
  return { ...plain(nodeId.rule(rule), 'rule', 1, rule), detail };
}

function pathNode(id: string, routes: readonly RouteListing[], route: RouteListing): TopologyNode {
  const paths = [...new Set(routes.map(({ path, conditions }) => path ?? conditions ?? 'every other path'))];
  const isWhole = route.pathRule === null && route.advancedRoutingRule === null;
  const everyPath = route.ruleType === 'Basic' ? 'every path' : paths.join(', ');
  return {
    ...plain(id, 'path', 2, isWhole ? everyPath : paths.join(', ')),
    detail: isWhole ? 'default' : (route.pathRule ?? route.advancedRoutingRule ?? ''),
    rewriteRuleSet: route.rewriteRuleSet,
    isShadowed: routes.every(({ shadowedBy }) => shadowedBy !== null),
  };
}

function targetNodes(route: RouteListing, gateway: GatewayView): readonly TopologyNode[] {
  const { redirect, pool, settings, loadDistributionPolicy } = route;
  if (redirect !== null) {
    const detail = `${redirect.type} → ${redirect.target ?? 'nowhere'}`;
    return [{ ...plain(nodeId.redirect(redirect.name), 'redirect', 3, redirect.name), detail }];
  }
  const policy = gateway.loadDistributionPolicies.find(({ name }) => name === loadDistributionPolicy);
  const pools = policy?.pools ?? (pool === null ? [] : [pool]);
  const by = policy === undefined ? '' : ` · by ${policy.name}`;
  return pools.map((name) => ({ ...plain(nodeId.pool(name), 'pool', 3, name), detail: `${settings ?? ''}${by}` }));
}

function memberNodes({ backends }: GatewayView): readonly { readonly pool: string; readonly node: TopologyNode }[] {
  const groups = groupBy(backends, ({ pool, member }) => nodeId.member(pool, member));
  return [...groups].flatMap(([id, [backend, ...others]]) => {
    if (backend === undefined) return [];
    const ports = [backend, ...others].map(({ port }) => port).join(', ');
    const detail = `port ${ports} · ${whatAnswers(backend)}`;
    return [{ pool: backend.pool, node: { ...plain(id, 'member', 4, backend.member), detail } }];
  });
}

/** In the words of the banner, where a mock that shows files of the user's is called after these. */
function whatAnswers({ kind, shows }: BackendView): string {
  return shows?.kind ?? (kind === 'mock' ? 'stand-in' : kind);
}

function plain(id: string, kind: NodeKind, column: number, name: string): TopologyNode {
  return { id, kind, column, name, detail: '', rewriteRuleSet: null, isShadowed: false };
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}
