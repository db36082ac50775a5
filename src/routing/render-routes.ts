import type { RouteListing } from './list-routes.ts';

interface Column {
  readonly title: string;
  readonly read: (route: RouteListing) => string;
}

const columns: readonly Column[] = [
  { title: 'LISTENER', read: (route) => route.listener },
  { title: 'PORT', read: (route) => `${route.protocol.toLowerCase()}:${route.port}` },
  { title: 'HOST', read: (route) => route.host ?? '*' },
  { title: 'PRIORITY', read: (route) => (route.priority === null ? '-' : String(route.priority)) },
  { title: 'RULE', read: (route) => route.rule },
  { title: 'PATH', read: describePath },
  { title: 'GOES TO', read: describeTarget },
  { title: 'REWRITES', read: (route) => route.rewriteRuleSet ?? '-' },
  { title: 'SHADOWED BY', read: (route) => route.shadowedBy ?? '-' },
];

/** Renders routes as a table for people: one line each, columns as wide as needed, those that say nothing left out. */
export function renderRoutesTable(routes: readonly RouteListing[]): string {
  if (routes.length === 0) return 'No routes: no listener of this gateway has a rule.\n';
  const shown = columns.map(({ title, read }) => [title, ...routes.map(read)]).filter(saysSomething);
  const widths = shown.map((cells) => cells.reduce((widest, cell) => Math.max(widest, cell.length), 0));
  const lines = Array.from({ length: routes.length + 1 }, (_, line) =>
    shown.map((cells, column) => (cells[line] ?? '').padEnd(widths[column] ?? 0)).join('  '),
  );
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function saysSomething([, ...cells]: readonly string[]): boolean {
  return cells.some((cell) => cell !== '-');
}

function describePath({ ruleType, path, conditions, advancedRoutingRule }: RouteListing): string {
  const where = path ?? conditions;
  if (where !== null) return where;
  return ruleType === 'Basic' || advancedRoutingRule !== null ? '(any)' : '(default)';
}

function describeTarget(route: RouteListing): string {
  if (route.redirect !== null) return `redirect ${route.redirect.type} to ${route.redirect.target ?? 'nothing'}`;
  const pool = route.loadDistributionPolicy ?? route.pool;
  if (pool === null) return 'nothing (404)';
  return route.settings === null ? pool : `${pool} by ${route.settings}`;
}

/** Renders routes as a Mermaid flowchart: listeners, their rules, and where these lead. */
export function renderRoutesMermaid(routes: readonly RouteListing[]): string {
  const chart = new Flowchart();
  const hosts = hostsByListener(routes);
  for (const route of routes) {
    const listener = chart.node('listener', route.listener, describeListener(route, hosts), '([', '])');
    const rule = chart.node('rule', route.rule, route.rule, '[', ']');
    const target = chart.node('target', describeTarget(route), describeTarget(route), '[/', '/]');
    chart.edge(listener, rule, '');
    chart.edge(rule, target, route.shadowedBy === null ? describePath(route) : `${describePath(route)} (shadowed)`);
  }
  return chart.render();
}

function hostsByListener(routes: readonly RouteListing[]): ReadonlyMap<string, ReadonlySet<string>> {
  const hosts = new Map<string, Set<string>>();
  for (const { listener, host } of routes) hosts.set(listener, (hosts.get(listener) ?? new Set()).add(host ?? '*'));
  return hosts;
}

function describeListener(
  { listener, protocol, port }: RouteListing,
  hosts: ReadonlyMap<string, ReadonlySet<string>>,
): string {
  return `${listener}: ${protocol.toLowerCase()}://${[...(hosts.get(listener) ?? [])].join(', ')}:${port}`;
}

/** Collects nodes and edges; what is added twice stands once. */
class Flowchart {
  readonly #ids = new Map<string, string>();
  readonly #nodes: string[] = [];
  readonly #edges = new Set<string>();

  node(kind: string, key: string, label: string, open: string, close: string): string {
    const existing = this.#ids.get(`${kind}:${key}`);
    if (existing !== undefined) return existing;
    const id = `${kind}${this.#ids.size + 1}`;
    this.#ids.set(`${kind}:${key}`, id);
    this.#nodes.push(`  ${id}${open}"${escapeLabel(label)}"${close}`);
    return id;
  }

  edge(from: string, to: string, label: string): void {
    this.#edges.add(label === '' ? `  ${from} --> ${to}` : `  ${from} -->|"${escapeLabel(label)}"| ${to}`);
  }

  render(): string {
    return `${['flowchart LR', ...this.#nodes, ...this.#edges].join('\n')}\n`;
  }
}

/** Mermaid reads HTML-like entities in labels and takes some characters for Markdown or syntax. */
function escapeLabel(text: string): string {
  return text.replace(/["#<>|`*_]/g, (character) => `#${character.charCodeAt(0)};`);
}
