import type { AdvancedRoutingRule, Gateway, PathRule, RequestRoutingRule } from '../../gateway/model.ts';
import {
  compileRoutingTable,
  type EntryPoint,
  type ListenerRoute,
  type RoutingTable,
} from '../../routing/compile-routing-table.ts';
import { hostNameOf } from '../../routing/host.ts';
import type { ClientRequest, RedirectOutcome } from '../../routing/route.ts';
import { routeRequest } from '../../routing/route-request.ts';
import { targetsOfRule } from './route-targets.ts';

/** A redirect that a request is given, and by whom. */
export interface RedirectStep {
  readonly rule: RequestRoutingRule;
  /** null where a rule or the default of a path map redirects. */
  readonly pathRule: PathRule | null;
  /** null where the default of an advanced routing map redirects, and for rules of other types. */
  readonly advancedRoutingRule: AdvancedRoutingRule | null;
  readonly outcome: RedirectOutcome;
}

interface Asked {
  readonly entryPoint: EntryPoint;
  readonly host: string;
  readonly path: string;
}

/**
 * The rings in which the gateway sends clients: redirects that lead from one to the next and back to the first. Each is
 * found by sending a request for every place that redirects through the gateway's own routing.
 */
export function redirectRings(gateway: Gateway): readonly (readonly RedirectStep[])[] {
  if (!mayRing(gateway)) return [];
  const table = compileRoutingTable(gateway);
  const seen = new Set<string>();
  return table.entryPoints
    .flatMap((entryPoint) => entryPoint.routes.flatMap((route) => requestsFor(entryPoint, route)))
    .flatMap((asked) => {
      const ring = follow(asked, table);
      const isNew = ring !== undefined && !ring.some((step) => seen.has(keyOf(step)));
      for (const step of ring ?? []) seen.add(keyOf(step));
      return isNew ? [ring] : [];
    });
}

/** A ring leads to ports on which there are redirects; those of most gateways lead from HTTP to HTTPS, and that is all. */
function mayRing({ requestRoutingRules, redirectConfigurations }: Gateway): boolean {
  const redirecting = requestRoutingRules.filter((rule) =>
    targetsOfRule(rule).some(({ target }) => target.kind === 'redirect'),
  );
  const ports = new Set(redirecting.map(({ httpListener }) => httpListener?.frontendPort?.port));
  return redirectConfigurations.some(
    ({ target }) => target?.kind === 'url' || (target !== null && ports.has(target.listener.frontendPort?.port)),
  );
}

/** A path that no sensible path rule is for. */
const anyPath = '/any-path';

function requestsFor(entryPoint: EntryPoint, { listener, rule }: ListenerRoute): readonly Asked[] {
  const host = (listener.hostNames[0] ?? 'any-name.invalid').replaceAll('*', 'any-name').replaceAll('?', 'a');
  const patterns = rule.urlPathMap?.pathRules.flatMap(({ paths }) => paths) ?? [];
  const paths = [...patterns, ...pathsAskedBy(rule)].map((pattern) => pattern.replace(/\*$/, 'any'));
  return [anyPath, ...paths].map((path) => ({ entryPoint, host, path }));
}

/** The values of conditions on the path that could be paths. */
function pathsAskedBy({ advancedRoutingMap }: RequestRoutingRule): readonly string[] {
  const conditions = (advancedRoutingMap?.advancedRoutingRules ?? []).flatMap(
    ({ conditionSet }) => conditionSet?.routingConditions ?? [],
  );
  return conditions
    .filter(({ conditionType }) => conditionType === 'Path')
    .flatMap(({ propertyValues }) => propertyValues)
    .filter((value) => value.startsWith('/'));
}

/** Whether more than host and path decides which rule of its map takes a request. */
function asksForMore({ advancedRoutingMap }: RequestRoutingRule): boolean {
  return (advancedRoutingMap?.advancedRoutingRules ?? []).some(({ conditionSet }) =>
    conditionSet?.routingConditions.some(({ conditionType }) => conditionType !== 'Path'),
  );
}

function follow(start: Asked, table: RoutingTable): readonly RedirectStep[] | undefined {
  const steps: RedirectStep[] = [];
  for (let asked: Asked | undefined = start; asked !== undefined; ) {
    const step = stepOf(asked, table);
    if (step === undefined) return undefined;
    // A path that grows with each round comes to the same redirect all the same.
    const first = steps.findIndex((earlier) => keyOf(earlier) === keyOf(step));
    if (first !== -1) return steps.slice(first);
    steps.push(step);
    asked = nextOf(asked, step.outcome.location, table);
  }
  return undefined;
}

function stepOf({ entryPoint, host, path }: Asked, table: RoutingTable): RedirectStep | undefined {
  const request: ClientRequest = {
    method: 'GET',
    url: path,
    httpVersion: '1.1',
    scheme: entryPoint.protocol === 'Https' ? 'https' : 'http',
    rawHeaders: ['Host', host],
    clientIp: '192.0.2.1',
    clientPort: 50_000,
    serverPort: entryPoint.port,
    traceId: '',
    tls: null,
  };
  const { rule, pathRule, advancedRoutingRule, outcome } = routeRequest(entryPoint, table, request);
  if (rule === null || asksForMore(rule) || outcome.kind !== 'redirect') return undefined;
  return { rule, pathRule, advancedRoutingRule, outcome };
}

/** Where in the gateway a redirect leads. Only a name that a listener spells out, or that was asked for, is its own. */
function nextOf({ entryPoint, host }: Asked, location: string, table: RoutingTable): Asked | undefined {
  if (!URL.canParse(location)) return undefined;
  const url = new URL(location);
  const protocol = url.protocol === 'https:' ? 'Https' : 'Http';
  const port = Number(url.port) || (protocol === 'Https' ? 443 : 80);
  const isOwn =
    url.hostname === hostNameOf(host).toLowerCase() ||
    table.gateway.httpListeners.some(({ hostNames }) => hostNames.some((name) => name.toLowerCase() === url.hostname));
  const candidates = table.entryPoints.filter((other) => other.protocol === protocol && other.port === port);
  const next =
    candidates.find(({ frontendIPConfiguration }) => frontendIPConfiguration === entryPoint.frontendIPConfiguration) ??
    candidates[0];
  return isOwn && next !== undefined
    ? { entryPoint: next, host: url.host, path: `${url.pathname}${url.search}` }
    : undefined;
}

function keyOf({ rule, pathRule, advancedRoutingRule }: RedirectStep): string {
  return `${rule.id} ${(pathRule ?? advancedRoutingRule)?.id ?? ''}`;
}
