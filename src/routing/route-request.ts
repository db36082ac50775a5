import type { AdvancedRoutingRule, PathRule, RequestRoutingRule, RouteTarget } from '../gateway/model.ts';
import { applyRequestRewrites, type RequestDraft } from '../rewrite/apply-request-rewrites.ts';
import type { RewriteContext } from '../rewrite/rewrite-context.ts';
import type { AdvancedRoutingTable } from './advanced-routing-table.ts';
import { pathFault } from './check-path.ts';
import { serverNameFault } from './check-server-name.ts';
import type { EntryPoint, ListenerRoute, RoutingTable } from './compile-routing-table.ts';
import type { ErrorInfo } from './error-info.ts';
import { normalisePath } from './normalise-path.ts';
import { overridePath } from './override-path.ts';
import { redirectLocation, redirectStatus } from './redirect-location.ts';
import { type RequestHost, readRequestHost, withHost } from './request-host.ts';
import { parseRequestTarget, type RequestTarget, withoutFragment } from './request-target.ts';
import type { AppliedRewrite, ClientRequest, DecisionTrace, RespondOutcome, Route, RouteOutcome } from './route.ts';
import {
  traceAdvancedDefault,
  traceClientCertificate,
  traceListeners,
  traceNoRewrites,
  traceOtherRewrites,
  traceOutcome,
  traceOverride,
  tracePath,
  traceReroute,
} from './trace-decision.ts';

type Backend = Extract<RouteTarget, { kind: 'backend' }>;

/** What a request leads to: the target of a rule of a map, or without one that of the rule or the map's default. */
interface Match {
  /** Of the pattern among those of the path map; undefined for its default and for rules of other types. */
  readonly pathIndex: number | undefined;
  readonly advancedRule: AdvancedRoutingRule | null;
  readonly target: RouteTarget;
}

/** A request on its way through one listener's rule. */
interface Passage {
  readonly table: RoutingTable;
  readonly route: ListenerRoute;
  readonly request: ClientRequest;
  readonly host: string;
  readonly target: RequestTarget;
  readonly trace: DecisionTrace | undefined;
}

// NGINX, which v2 is made of, gives up after as many rounds.
const rerouteLimit = 10;
const noRewrites: readonly AppliedRewrite[] = [];

/**
 * Decides on a request: which listener and rule take it, and whether it is answered, redirected or passed on, and as
 * what. Never throws.
 *
 * @param trace receives every step with its reason; without it no text is made
 */
export function routeRequest(
  entryPoint: EntryPoint,
  table: RoutingTable,
  request: ClientRequest,
  trace?: DecisionTrace,
): Route {
  const target = parseRequestTarget(request.url);
  if (target === undefined) return turnedAway(null, invalidTarget(request.url), table, trace);
  const invalid = table.gateway.sku.generation === 'v1' ? null : pathFault(target.path);
  if (invalid !== null) return turnedAway(null, invalidPath(target.path, invalid), table, trace);
  const host = readRequestHost(request.rawHeaders, target.host, entryPoint.hosts);
  if (host.kind === 'refused') return turnedAway(null, respond(400, host.errorInfo, host.why), table, trace);
  const route = entryPoint.hosts.find(host.name);
  if (trace !== undefined) traceListeners(trace, entryPoint, host.name, route);
  if (route === undefined) return turnedAway(host.host, noListener(host, table), table, trace);
  const fault = table.behaviour.serverNameMismatch === 'allow' ? null : serverNameFault(entryPoint, route, request);
  if (fault !== null) return turnedAway(host.host, respond(400, 'ERRORINFO_HTTPS_NO_CERT', fault), table, trace);
  if (trace !== undefined) traceClientCertificate(trace, route, request);
  const asRouted = host.isFromHeader ? request : withHost(request, host.host);
  return passThroughRule({ table, route, request: asRouted, host: host.host, target, trace });
}

function turnedAway(
  host: string | null,
  outcome: RespondOutcome,
  { behaviour }: RoutingTable,
  trace: DecisionTrace | undefined,
): Route {
  if (trace !== undefined) traceOutcome(trace, outcome, behaviour);
  return { host, listener: null, rule: null, pathRule: null, advancedRoutingRule: null, rewrites: noRewrites, outcome };
}

function respond(status: number, errorInfo: ErrorInfo, why: string): RespondOutcome {
  return { kind: 'respond', status, errorInfo, why };
}

function invalidTarget(url: string): RespondOutcome {
  const why = `The request line asks for '${url}'; a path that starts with '/' is right.`;
  return respond(400, 'ERRORINFO_REQUEST_URI_INVALID', why);
}

function invalidPath(path: string, fault: string): RespondOutcome {
  return respond(400, 'ERRORINFO_REQUEST_URI_INVALID', `The path '${path}' ${fault}.`);
}

// https://learn.microsoft.com/troubleshoot/azure/application-gateway/http-response-codes
function noListener(host: Extract<RequestHost, { kind: 'host' }>, table: RoutingTable): RespondOutcome {
  const why = `No listener on this port answers to '${host.name}'; one does that has the name among its hostNames.`;
  const answer = respond(404, 'ERRORINFO_INVALID_HOST', why);
  return table.gateway.sku.generation === 'v1' ? { ...answer, isUnanswered: true } : answer;
}

function passThroughRule(passage: Passage): Route {
  const { route, target, request } = passage;
  const draft: RequestDraft = { headers: request.rawHeaders, path: target.path, query: target.query };
  const first = findMatch(passage, draft);
  const { match, rewrites, isLoop } = rewriteAndReroute(passage, first, draft);
  const outcome = isLoop ? rerouteLoop(passage) : concludeWith(match, passage, draft);
  if (passage.trace !== undefined) traceOutcome(passage.trace, outcome, passage.table.behaviour);
  return {
    host: passage.host,
    listener: route.listener,
    rule: route.rule,
    pathRule: pathRuleOf(match, route),
    advancedRoutingRule: match.advancedRule,
    rewrites,
    outcome,
  };
}

function pathRuleOf({ pathIndex }: Match, { paths }: ListenerRoute): PathRule | null {
  return (pathIndex === undefined ? undefined : paths?.pathRuleAt(pathIndex)) ?? null;
}

function findMatch(passage: Passage, draft: RequestDraft): Match {
  const { route, table, trace } = passage;
  if (route.advanced !== null) return findAdvancedMatch(passage, route.advanced, draft);
  if (route.paths === null) return { pathIndex: undefined, advancedRule: null, target: route.defaultTarget };
  const form = comparedForm(draft.path, table);
  const pathIndex = route.paths.find(form);
  if (trace !== undefined) tracePath(trace, route, form, pathIndex, table.behaviour);
  const target = pathIndex === undefined ? undefined : route.paths.targetAt(pathIndex);
  return { pathIndex, advancedRule: null, target: target ?? route.defaultTarget };
}

/** After a reroute the new path and query count; headers count as they arrived, as they do for rewrites. */
function findAdvancedMatch(
  { request, route, table, trace }: Passage,
  advanced: AdvancedRoutingTable,
  { path, query }: RequestDraft,
): Match {
  const advancedRule = advanced.find({ request, path: comparedForm(path, table), query }, trace);
  if (trace !== undefined && advancedRule === null) traceAdvancedDefault(trace, route);
  return { pathIndex: undefined, advancedRule, target: advancedRule?.target ?? route.defaultTarget };
}

/** v1 compares paths as they are written, v2 decodes them. */
function comparedForm(path: string, { gateway }: RoutingTable): string {
  return gateway.sku.generation === 'v1' ? withoutFragment(path) : normalisePath(withoutFragment(path));
}

interface Rewritten {
  readonly match: Match;
  readonly rewrites: readonly AppliedRewrite[];
  readonly isLoop: boolean;
}

function rewriteAndReroute(passage: Passage, first: Match, draft: RequestDraft): Rewritten {
  const { table, route, trace } = passage;
  let match = first;
  let rewrites = noRewrites;
  for (let round = 0; round <= rerouteLimit; round += 1) {
    if (trace !== undefined) traceOtherRewrites(trace, route, match.target);
    const set = rewriteSetOf(match, table, trace);
    if (set === undefined) return { match, rewrites, isLoop: false };
    const { applied, reroutes } = applyRequestRewrites(set, contextOf(passage), draft, trace);
    rewrites = rewrites.length === 0 ? applied : [...rewrites, ...applied];
    if (!reroutes || (route.paths === null && route.advanced === null)) return { match, rewrites, isLoop: false };
    if (trace !== undefined) traceReroute(trace, draft.path);
    match = findMatch(passage, draft);
  }
  return { match, rewrites, isLoop: true };
}

/** Rewrites run on v2 only, and never for redirects. */
function rewriteSetOf({ target }: Match, table: RoutingTable, trace: DecisionTrace | undefined) {
  if (target.kind !== 'backend' || target.rewriteRuleSet === null) return undefined;
  if (table.gateway.sku.generation === 'v2') return table.rewriteRuleSets.get(target.rewriteRuleSet);
  if (trace !== undefined) traceNoRewrites(trace, target.rewriteRuleSet.name);
  return undefined;
}

function contextOf({ request, host, target }: Passage): RewriteContext {
  return { request, host, path: target.path, query: target.query, response: null };
}

// https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url
function rerouteLoop({ target }: Passage): RespondOutcome {
  const why = `Rewrites sent '${target.path}' back to the path map ${rerouteLimit} times without coming to an end.`;
  return respond(500, 'ERRORINFO_NO_ERROR', why);
}

function concludeWith(match: Match, passage: Passage, draft: RequestDraft): RouteOutcome {
  const { target } = match;
  switch (target.kind) {
    case 'none':
      return nothingToGoTo(passage);
    case 'redirect':
      return concludeRedirect(target.redirectConfiguration, passage);
    case 'backend':
      return concludeForward(target, match.pathIndex, passage, draft);
    default:
      return target satisfies never;
  }
}

function nothingToGoTo({ route, target }: Passage): RespondOutcome {
  return respond(404, 'ERRORINFO_INVALID_HOST', describeDeadEnd(route.rule, target.path));
}

function describeDeadEnd({ name, ruleType }: RequestRoutingRule, path: string): string {
  switch (ruleType) {
    case 'Basic':
      return `Rule '${name}' has neither a backend pool nor a redirect.`;
    case 'PathBasedRouting':
      return `No path of rule '${name}' takes '${path}', and it has no default.`;
    case 'AdvancedRouting':
      return `No advanced routing rule of rule '${name}' takes '${path}', and there is no default.`;
    default:
      return ruleType satisfies never;
  }
}

function concludeRedirect(
  redirectConfiguration: Extract<RouteTarget, { kind: 'redirect' }>['redirectConfiguration'],
  { host, target, table }: Passage,
): RouteOutcome {
  const source = { host, path: target.path, query: target.query };
  const location = redirectLocation(redirectConfiguration, source, table.behaviour);
  if (location === undefined) {
    const why = `Redirect configuration '${redirectConfiguration.name}' has no target.`;
    return respond(404, 'ERRORINFO_INVALID_HOST', why);
  }
  const status = redirectStatus[redirectConfiguration.redirectType];
  return { kind: 'redirect', status, location, redirectConfiguration };
}

function concludeForward(
  target: Backend,
  pathIndex: number | undefined,
  { route, table, trace }: Passage,
  draft: RequestDraft,
): RouteOutcome {
  const { backendAddressPool: pool, loadDistributionPolicy, backendHttpSettings: settings } = target;
  if (settings === null || (pool === null && loadDistributionPolicy === null)) {
    const missing = settings === null ? 'backend settings' : 'backend pool';
    return respond(502, 'ERRORINFO_UPSTREAM_NO_LIVE', `Rule '${route.rule.name}' has no ${missing} to use.`);
  }
  const path = settings.path ? pathToServer(settings.path, pathIndex, route, draft.path, table) : draft.path;
  if (trace !== undefined && settings.path) traceOverride(trace, settings, draft.path, path);
  return {
    kind: 'forward',
    pool,
    loadDistributionPolicy,
    settings,
    rewriteRuleSet: target.rewriteRuleSet,
    path,
    query: draft.query,
    requestHeaders: draft.headers,
  };
}

function pathToServer(
  override: string,
  pathIndex: number | undefined,
  { paths }: ListenerRoute,
  path: string,
  table: RoutingTable,
): string {
  const matched = pathIndex === undefined ? undefined : paths?.candidateAt(pathIndex);
  return overridePath(override, path, matched ?? null, comparedForm(path, table));
}
