import type { Diagnostic } from '../base/diagnostic.ts';
import type {
  FrontendIPConfiguration,
  Gateway,
  HttpListener,
  RequestRoutingRule,
  RewriteRuleSet,
} from '../gateway/model.ts';
import { type CompiledRewriteRuleSet, compileRewriteRuleSet } from '../rewrite/compile-rewrite-rule-set.ts';
import { type Behaviour, defaultBehaviour } from './behaviour.ts';
import { type HostCandidate, HostTable } from './host-table.ts';
import { listenersTurnedAway, orderHosts, orderRoutes } from './order-routes.ts';
import { type CompiledTargets, TargetCompiler } from './target-compiler.ts';

/** A gateway made ready to decide on requests. Built whole for each deployment and never changed. */
export interface RoutingTable {
  readonly gateway: Gateway;
  readonly behaviour: Behaviour;
  readonly entryPoints: readonly EntryPoint[];
  readonly rewriteRuleSets: ReadonlyMap<RewriteRuleSet, CompiledRewriteRuleSet>;
  /** What could be read but not used, such as patterns that RE2 refuses. */
  readonly problems: readonly Diagnostic[];
}

/** A frontend address and port on which at least one listener with a rule waits. */
export interface EntryPoint {
  /** `<frontend IP configuration>:<port>`, unique in a table and the same after a redeployment. */
  readonly key: string;
  readonly frontendIPConfiguration: FrontendIPConfiguration;
  /** The port in the template, not the local one. */
  readonly port: number;
  readonly protocol: 'Http' | 'Https';
  /** In the order in which they are tried. */
  readonly routes: readonly ListenerRoute[];
  /** Their host names, in the order in which those are tried. */
  readonly hostCandidates: readonly HostCandidate<ListenerRoute>[];
  readonly hosts: HostTable<ListenerRoute>;
}

/** A listener with the rule that owns it. */
export interface ListenerRoute extends CompiledTargets {
  readonly listener: HttpListener;
  readonly rule: RequestRoutingRule;
}

/** Makes a gateway ready to route. What cannot work is left out and told in `problems`. */
export function compileRoutingTable(gateway: Gateway, behaviour: Partial<Behaviour> = {}): RoutingTable {
  const settings = { ...defaultBehaviour, ...behaviour };
  const sets = gateway.rewriteRuleSets.map((ruleSet) => compileRewriteRuleSet(ruleSet));
  const targets = new TargetCompiler(settings);
  return {
    gateway,
    behaviour: settings,
    entryPoints: compileEntryPoints(gateway, targets),
    rewriteRuleSets: new Map(sets.map(({ value }) => [value.ruleSet, value])),
    problems: [...sets.flatMap(({ diagnostics }) => diagnostics), ...targets.problems, ...listenersTurnedAway(gateway)],
  };
}

function compileEntryPoints(gateway: Gateway, targets: TargetCompiler): EntryPoint[] {
  const groups = new Map<string, ListenerRoute[]>();
  for (const { rule, listener } of orderRoutes(gateway)) {
    const route = { listener, rule, ...targets.compile(rule) };
    const key = keyOf(listener);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [route]);
    else group.push(route);
  }
  return [...groups].flatMap(([key, routes]) => compileEntryPoint(key, routes, gateway));
}

function keyOf(listener: HttpListener): string {
  return `${listener.frontendIPConfiguration?.name}:${listener.frontendPort?.port}`;
}

function compileEntryPoint(key: string, routes: readonly ListenerRoute[], gateway: Gateway): EntryPoint[] {
  const first = routes[0]?.listener;
  if (!first?.frontendIPConfiguration || !first.frontendPort) return [];
  const served = routes.filter((route) => route.listener.protocol === first.protocol);
  const hostCandidates = orderHosts(served.flatMap(hostsOf), gateway.sku.generation);
  return [
    {
      key,
      frontendIPConfiguration: first.frontendIPConfiguration,
      port: first.frontendPort.port,
      protocol: first.protocol,
      routes: served,
      hostCandidates,
      hosts: new HostTable(hostCandidates),
    },
  ];
}

function hostsOf(route: ListenerRoute): HostCandidate<ListenerRoute>[] {
  const names = route.listener.hostNames;
  // A multi-site listener with a blank host name takes every name, as a basic one does.
  if (names.length === 0 || names.includes('')) return [{ pattern: null, value: route }];
  return names.map((pattern) => ({ pattern, value: route }));
}
