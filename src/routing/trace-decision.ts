import type { BackendHttpSettings, HttpListener, RedirectConfiguration, RouteTarget } from '../gateway/model.ts';
import type { Behaviour } from './behaviour.ts';
import { demandsCertificate } from './check-server-name.ts';
import type { EntryPoint, ListenerRoute } from './compile-routing-table.ts';
import { matchHost } from './match-host.ts';
import { matchPath } from './match-path.ts';
import type { PathCandidate } from './path-table.ts';
import { keptParts } from './redirect-location.ts';
import type {
  ClientRequest,
  DecisionStage,
  DecisionStep,
  DecisionTrace,
  ForwardOutcome,
  RedirectOutcome,
  RespondOutcome,
  RouteOutcome,
} from './route.ts';

/** Tells which listener was chosen and why each one before it was not. */
export function traceListeners(
  trace: DecisionTrace,
  entryPoint: EntryPoint,
  hostName: string,
  chosen: ListenerRoute | undefined,
): void {
  for (const [listener, names] of listenersBefore(entryPoint, hostName, chosen)) {
    passOver(trace, 'listener', `Listener '${listener.name}' not chosen: ${describeNames(names)} '${hostName}'.`);
  }
  if (chosen === undefined) return;
  const { listener, rule } = chosen;
  const name = listener.hostNames.find((pattern) => matchHost(pattern, hostName));
  const reason = name === undefined ? 'it takes every host name' : `its host name '${name}' matches '${hostName}'`;
  proceed(trace, 'listener', `Listener '${listener.name}' chosen: ${reason}.`);
  const priority = rule.priority === null ? '' : ` (priority ${rule.priority})`;
  proceed(trace, 'rule', `Rule '${rule.name}'${priority}, ${rule.ruleType}, answers for listener '${listener.name}'.`);
}

/** Without a connection nothing is known of the client's certificate. */
export function traceClientCertificate(
  trace: DecisionTrace,
  { listener }: ListenerRoute,
  { tls }: ClientRequest,
): void {
  if (tls === null || tls.clientCertificate !== undefined || !demandsCertificate(listener.sslProfile)) return;
  const why = `Listener '${listener.name}' demands a client certificate; the request counts as one that shows a good one.`;
  proceed(trace, 'listener', why);
}

function listenersBefore(
  { hostCandidates }: EntryPoint,
  hostName: string,
  chosen: ListenerRoute | undefined,
): Map<HttpListener, string[]> {
  const passedOver = new Map<HttpListener, string[]>();
  for (const { pattern, value } of hostCandidates) {
    if (value === chosen && (pattern === null || matchHost(pattern, hostName))) break;
    if (value === chosen) continue;
    const names = passedOver.get(value.listener) ?? [];
    passedOver.set(value.listener, pattern === null ? names : [...names, pattern]);
  }
  return passedOver;
}

function describeNames(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`).join(', ');
  return names.length === 1 ? `its host name ${quoted} does not match` : `its host names ${quoted} do not match`;
}

/** Tells which path rule took a path and why the ones before it did not. */
export function tracePath(
  trace: DecisionTrace,
  route: ListenerRoute,
  path: string,
  chosenIndex: number | undefined,
  behaviour: Behaviour,
): void {
  const candidates = route.paths?.candidates ?? [];
  const chosen = chosenIndex === undefined ? undefined : candidates[chosenIndex];
  for (const candidate of candidates) {
    if (candidate === chosen && behaviour.pathPrecedence === 'listed') break;
    if (candidate !== chosen) passOver(trace, 'path', describePassedPath(candidate, path, chosen, behaviour));
  }
  if (chosen === undefined) {
    const otherwise = describeDefault(route.defaultTarget);
    proceed(trace, 'path', `No path rule of rule '${route.rule.name}' takes '${path}'${otherwise}.`);
  } else {
    proceed(trace, 'path', `Path rule '${chosen.pathRule.name}' chosen: '${chosen.pattern}' matches '${path}'.`);
  }
}

/** Tells that no rule of an advanced routing map took the request. */
export function traceAdvancedDefault(trace: DecisionTrace, { rule, defaultTarget }: ListenerRoute): void {
  const otherwise = describeDefault(defaultTarget);
  proceed(trace, 'path', `No advanced routing rule of rule '${rule.name}' takes the request${otherwise}.`);
}

function describeDefault({ kind }: RouteTarget): string {
  return kind === 'none' ? ', and its map has no default' : "; its map's default does";
}

function describePassedPath(
  { pathRule, pattern }: PathCandidate,
  path: string,
  chosen: PathCandidate | undefined,
  { pathCase, pathPrecedence }: Behaviour,
): string {
  const reason = matchPath(pattern, path, pathCase)
    ? `'${pattern}' matches, but with path precedence '${pathPrecedence}' '${chosen?.pattern}' goes first`
    : `'${pattern}' does not match '${path}'`;
  return `Path rule '${pathRule.name}' not chosen: ${reason}.`;
}

export function traceReroute(trace: DecisionTrace, path: string): void {
  const why = `The rewritten path '${path}' is looked up in the path map again.`;
  trace.step({ stage: 'rewrite', outcome: 'reroute', why });
}

/** Tells that the default's rewrites are not for a rule of the map, which many expect. */
export function traceOtherRewrites(
  trace: DecisionTrace,
  { defaultTarget, rule }: ListenerRoute,
  target: RouteTarget,
): void {
  if (target === defaultTarget || target.kind !== 'backend' || defaultTarget.kind !== 'backend') return;
  const { rewriteRuleSet } = defaultTarget;
  if (rewriteRuleSet === null || rewriteRuleSet === target.rewriteRuleSet) return;
  const why = `Rewrite set '${rewriteRuleSet.name}' does not run: it is for the default of rule '${rule.name}' alone.`;
  passOver(trace, 'rewrite', why);
}

/** Tells what the settings' override path made of a path. */
export function traceOverride(trace: DecisionTrace, settings: BackendHttpSettings, path: string, result: string): void {
  proceed(
    trace,
    'backend',
    `Override path '${settings.path}' of settings '${settings.name}' makes '${result}' of '${path}'.`,
  );
}

export function traceNoRewrites(trace: DecisionTrace, ruleSetName: string): void {
  proceed(trace, 'rewrite', `Rewrite set '${ruleSetName}' does not run: gateways of v1 do not rewrite.`);
}

/** Tells how the decision ended. */
export function traceOutcome(trace: DecisionTrace, outcome: RouteOutcome, behaviour: Behaviour): void {
  trace.step(describeOutcome(outcome, behaviour));
}

function describeOutcome(outcome: RouteOutcome, behaviour: Behaviour): DecisionStep {
  switch (outcome.kind) {
    case 'respond':
      return { stage: 'response', outcome: 'respond', why: `${outcome.why} ${describeAnswer(outcome)}` };
    case 'redirect':
      return { stage: 'redirect', outcome: 'respond', why: describeRedirect(outcome, behaviour) };
    case 'forward':
      return { stage: 'backend', outcome: 'next', why: describeForward(outcome) };
    default:
      return outcome satisfies never;
  }
}

function describeRedirect({ redirectConfiguration, status, location }: RedirectOutcome, behaviour: Behaviour): string {
  const answer = `Redirect '${redirectConfiguration.name}' answers ${status} with Location '${location}'.`;
  return [answer, ...describeAssumptions(redirectConfiguration, behaviour)].join(' ');
}

function describeAssumptions(redirect: RedirectConfiguration, behaviour: Behaviour): string[] {
  const kept = keptParts(redirect, behaviour);
  return (['includePath', 'includeQueryString'] as const)
    .filter((part) => redirect[part] === null)
    .map((part) => `It does not say ${part}; Agate takes it as ${kept[part]}.`);
}

function describeForward({ loadDistributionPolicy, pool, settings, path, query }: ForwardOutcome): string {
  const to =
    loadDistributionPolicy === null
      ? `Backend pool '${pool?.name}'`
      : `Load distribution policy '${loadDistributionPolicy.name}'`;
  const members = pool === null || pool.members.length < 2 ? '' : `, whose ${pool.members.length} members take turns,`;
  return `${to}${members} gets '${query === null ? path : `${path}?${query}`}' by settings '${settings.name}'.`;
}

function describeAnswer(outcome: RespondOutcome): string {
  return outcome.isUnanswered
    ? 'The connection is closed without an answer.'
    : `The gateway answers ${outcome.status}.`;
}

function proceed(trace: DecisionTrace, stage: DecisionStage, why: string): void {
  trace.step({ stage, outcome: 'next', why });
}

function passOver(trace: DecisionTrace, stage: DecisionStage, why: string): void {
  trace.step({ stage, outcome: 'passed over', why });
}
