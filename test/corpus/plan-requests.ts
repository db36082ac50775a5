import { sameName } from '../../src/base/case-insensitive-map.ts';
import type {
  BackendAddressPool,
  Gateway,
  HttpListener,
  RedirectConfiguration,
  RequestRoutingRule,
  RouteTarget,
  UrlPathMap,
} from '../../src/gateway/model.ts';

/** A request made for one rule or path rule, and the answer that proves that it got there. */
export interface PlannedRequest {
  /** `web`, or `paths/images` for a path rule. */
  readonly rule: string;
  readonly listener: HttpListener;
  readonly host: string;
  readonly path: string;
  readonly expected: ExpectedAnswer;
}

export type ExpectedAnswer =
  /** By a member of one of the pools; several where a rewrite or a load distribution policy chooses. */
  | { readonly kind: 'backend'; readonly pools: readonly BackendAddressPool[] }
  | { readonly kind: 'redirect'; readonly redirect: RedirectConfiguration }
  /** By the gateway itself. */
  | { readonly kind: 'status'; readonly statuses: readonly number[] };

/** A rule that no request reaches, because another one takes them all. */
export interface HiddenRule {
  readonly rule: string;
  readonly hiddenBy: string;
}

export interface RequestPlan {
  readonly requests: readonly PlannedRequest[];
  readonly hidden: readonly HiddenRule[];
}

/**
 * Plans one request for each routing rule, and one for each path rule. This reads the model in the plainest way, rule
 * by rule from the first, and so checks the compiled routing table rather than trusting it.
 */
export function planRequests(gateway: Gateway): RequestPlan {
  const requests: PlannedRequest[] = [];
  const hidden: HiddenRule[] = [];
  const rules = inOrder(gateway);
  for (const rule of rules) {
    const { httpListener: listener } = rule;
    if (listener?.frontendPort == null) continue;
    const hosts = hostsFor(listener);
    const ruleTakingHost = (host: string) => rules.find((other) => takesHost(other, listener, host));
    const host = hosts.find((candidate) => ruleTakingHost(candidate) === rule);
    if (host === undefined) {
      hidden.push({ rule: rule.name, hiddenBy: ruleTakingHost(hosts[0] ?? '')?.name ?? 'nothing' });
      continue;
    }
    const plan = planRule(gateway, rule, { listener, host });
    requests.push(
      ...plan.requests.map((request) => (wantsCertificate(listener) ? { ...request, expected: refused } : request)),
    );
    hidden.push(...plan.hidden);
  }
  return { requests, hidden };
}

/** The runner has no certificate to show. https://learn.microsoft.com/azure/application-gateway/mutual-authentication-overview */
const refused: ExpectedAnswer = { kind: 'status', statuses: [400] };

function wantsCertificate({ sslProfile }: HttpListener): boolean {
  return sslProfile?.verifyClientAuthMode === 'Strict' && sslProfile.trustedClientCertificates.length > 0;
}

/** Rules in the order in which the gateway looks at them. */
function inOrder(gateway: Gateway): RequestRoutingRule[] {
  if (gateway.sku.generation === 'v1') return [...gateway.requestRoutingRules];
  return gateway.requestRoutingRules.toSorted(
    (a, b) => (a.priority ?? 0) - (b.priority ?? 0) || breadth(a.httpListener) - breadth(b.httpListener),
  );
}

/** Rules without priority, of templates from before it existed: exact names first, then patterns, then any name. */
function breadth(listener: HttpListener | null): number {
  if (listener === null || listener.hostNames.length === 0) return 2;
  return listener.hostNames.some((name) => /[*?]/.test(name)) ? 1 : 0;
}

/** Host names that the listener takes, to be tried in turn; names that nobody owns for a listener without names. */
function hostsFor({ hostNames }: HttpListener): string[] {
  if (hostNames.length === 0) return ['nobody.example', 'nobody.invalid'];
  return hostNames.flatMap((name) => ['a', 'z'].map((letter) => name.replace(/[*?]/g, letter)));
}

function takesHost(rule: RequestRoutingRule, at: HttpListener, host: string): boolean {
  const { httpListener: listener } = rule;
  if (listener === null) return false;
  if (listener.frontendIPConfiguration !== at.frontendIPConfiguration) return false;
  if (listener.frontendPort?.port !== at.frontendPort?.port) return false;
  return listener.hostNames.length === 0 || listener.hostNames.some((name) => patternTakes(name, host));
}

function patternTakes(pattern: string, host: string): boolean {
  const expression = pattern
    .replace(/[.\\+^$(){}[\]|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(host);
}

interface Place {
  readonly listener: HttpListener;
  readonly host: string;
}

function planRule(gateway: Gateway, rule: RequestRoutingRule, place: Place): RequestPlan {
  const { urlPathMap } = rule;
  if (urlPathMap === null) {
    const expected = expectedOf(gateway, rule.target, null);
    return { requests: [{ rule: rule.name, ...place, path: '/', expected }], hidden: [] };
  }
  const requests: PlannedRequest[] = [];
  const hidden: HiddenRule[] = [];
  const elsewhere = '/nowhere-in-particular';
  const catchAll = ruleTaking(urlPathMap, elsewhere);
  if (catchAll === undefined) {
    const expected = expectedOf(gateway, urlPathMap.defaultTarget, urlPathMap);
    requests.push({ rule: rule.name, ...place, path: elsewhere, expected });
  } else {
    hidden.push({ rule: `${rule.name} (default)`, hiddenBy: catchAll.name });
  }
  for (const pathRule of urlPathMap.pathRules) {
    const name = `${rule.name}/${pathRule.name}`;
    const path = pathRule.paths.map(pathFor).find((path) => ruleTaking(urlPathMap, path) === pathRule);
    const expected = expectedOf(gateway, pathRule.target, urlPathMap);
    if (path !== undefined) requests.push({ rule: name, ...place, path, expected });
    else
      hidden.push({
        rule: name,
        hiddenBy: ruleTaking(urlPathMap, pathFor(pathRule.paths[0] ?? '/'))?.name ?? 'nothing',
      });
  }
  return { requests, hidden };
}

/** A path that a pattern takes. */
function pathFor(pattern: string): string {
  return pattern.replace(/\*$/, 'page');
}

function ruleTaking(map: UrlPathMap, path: string) {
  return map.pathRules.find((rule) => rule.paths.some((pattern) => pathTakes(pattern, path)));
}

function pathTakes(pattern: string, path: string): boolean {
  // Sample parameter files leave patterns empty; such a pattern takes nothing.
  if (!pattern.startsWith('/')) return false;
  if (!pattern.endsWith('*')) return sameName(pattern, path);
  return path.toUpperCase().startsWith(pattern.slice(0, -1).toUpperCase());
}

function expectedOf(gateway: Gateway, target: RouteTarget, map: UrlPathMap | null): ExpectedAnswer {
  if (target.kind === 'redirect') return { kind: 'redirect', redirect: target.redirectConfiguration };
  const notFoundOrBadGateway: ExpectedAnswer = { kind: 'status', statuses: [404, 502] };
  if (target.kind === 'none' || target.backendHttpSettings === null) return notFoundOrBadGateway;
  const pools = poolsOf(target);
  if (pools.length === 0) return notFoundOrBadGateway;
  const reachable = isRerouted(gateway, target) && map !== null ? [...pools, ...poolsOfMap(map)] : pools;
  // https://learn.microsoft.com/troubleshoot/azure/application-gateway/troubleshoot-http-502-bad-gateway
  if (reachable.every((pool) => pool.members.length === 0)) return { kind: 'status', statuses: [502] };
  return { kind: 'backend', pools: reachable };
}

type BackendTarget = Extract<RouteTarget, { kind: 'backend' }>;

function poolsOf({ backendAddressPool, loadDistributionPolicy }: BackendTarget): BackendAddressPool[] {
  const pools = loadDistributionPolicy?.targets.map((target) => target.backendAddressPool) ?? [backendAddressPool];
  return pools.filter((pool) => pool !== null);
}

function poolsOfMap(map: UrlPathMap): BackendAddressPool[] {
  const targets = [map.defaultTarget, ...map.pathRules.map((rule) => rule.target)];
  return targets.flatMap((target) => (target.kind === 'backend' ? poolsOf(target) : []));
}

/** Whether a rewrite may send the request to another place of the path map; v1 does not rewrite. */
function isRerouted(gateway: Gateway, { rewriteRuleSet }: BackendTarget): boolean {
  return gateway.sku.generation === 'v2' && (rewriteRuleSet?.rewriteRules.some((rule) => rule.url?.reroute) ?? false);
}
