import type { BackendAddress } from '../gateway/model.ts';
import { buildBackendRequest } from './backend-request.ts';
import { asksForWebSocket, checkRequest, type RequestProblem } from './check-request.ts';
import type { EntryPoint, RoutingTable } from './compile-routing-table.ts';
import { describedRequest, type RequestFacts } from './described-request.ts';
import { explainHeaders, explainResponseRewrites } from './explain-headers.ts';
import { headersNamedByConnection } from './hop-by-hop.ts';
import type {
  AppliedRewrite,
  BackendRequest,
  ClientRequest,
  DecisionStep,
  ForwardOutcome,
  RewriteChange,
  Route,
} from './route.ts';
import { routeRequest } from './route-request.ts';

/** How one request would be routed, and why. What does not apply is null. */
export interface Explanation {
  readonly listener: string | null;
  readonly rule: string | null;
  readonly pathRule: string | null;
  readonly rewrites: readonly ExplainedRewrite[];
  readonly redirect: { readonly status: number; readonly location: string } | null;
  readonly pool: string | null;
  readonly settings: string | null;
  /** Of the first member of the pool. */
  readonly backendUrl: string | null;
  readonly requestHeaders: Readonly<Record<string, string>> | null;
  /** What the gateway answers by itself. */
  readonly status: number | null;
  /** Only there when a rule of an advanced routing map takes the request. */
  readonly advancedRoutingRule?: string;
  readonly steps: readonly DecisionStep[];
}

export interface ExplainedRewrite {
  readonly ruleSet: string;
  readonly rule: string;
  readonly changes: readonly RewriteChange[];
}

/** An explanation before anything is known. */
export const nothingDecided: Omit<Explanation, 'steps'> = {
  listener: null,
  rule: null,
  pathRule: null,
  rewrites: [],
  redirect: null,
  pool: null,
  settings: null,
  backendUrl: null,
  requestHeaders: null,
  status: null,
};

/** Explains a request that is only described: the very code of the live gateway decides, and tells its reasons. */
export function explainRequest(table: RoutingTable, facts: RequestFacts): Explanation {
  const request = describedRequest(facts);
  const onPort = table.entryPoints.filter((entryPoint) => entryPoint.port === request.serverPort);
  const protocol = request.scheme === 'https' ? 'Https' : 'Http';
  const entryPoint = onPort.find((candidate) => candidate.protocol === protocol);
  if (entryPoint !== undefined) return explainClientRequest(table, entryPoint, request);
  return onPort[0] === undefined ? explainNoListener(table, request) : explainWrongProtocol(onPort[0]);
}

/** Explains a request that arrived at an entry point, or could have. */
export function explainClientRequest(table: RoutingTable, entryPoint: EntryPoint, request: ClientRequest): Explanation {
  const { problem: ofHead } = checkRequest(request, table.gateway.sku.generation);
  const problem = ofHead ?? request.tls?.problem ?? null;
  if (problem !== null) return explainRefusal(problem);
  const steps: DecisionStep[] = [];
  const route = routeRequest(entryPoint, table, request, { step: (step) => steps.push(step) });
  const { outcome } = route;
  const common = {
    ...nothingDecided,
    listener: route.listener?.name ?? null,
    rule: route.rule?.name ?? null,
    pathRule: route.pathRule?.name ?? null,
    rewrites: route.rewrites.map(explainRewrite),
    ...(route.advancedRoutingRule === null ? {} : { advancedRoutingRule: route.advancedRoutingRule.name }),
    steps,
  };
  switch (outcome.kind) {
    case 'respond':
      return { ...common, status: outcome.isUnanswered ? null : outcome.status };
    case 'redirect':
      return {
        ...common,
        redirect: { status: outcome.status, location: outcome.location },
        status: outcome.status,
      };
    case 'forward':
      return { ...common, ...explainForward(route, outcome, request, table, steps) };
    default:
      return outcome satisfies never;
  }
}

/** What the gateway refuses whatever its rules say. */
function explainRefusal({ status, why }: RequestProblem): Explanation {
  return {
    ...nothingDecided,
    status,
    steps: [{ stage: 'request', outcome: 'respond', why: `${why} The gateway answers ${status}.` }],
  };
}

function explainRewrite({ ruleSet, rule, changes }: AppliedRewrite): ExplainedRewrite {
  return { ruleSet: ruleSet.name, rule: rule.name, changes };
}

function explainForward(
  route: Route,
  outcome: ForwardOutcome,
  request: ClientRequest,
  table: RoutingTable,
  steps: DecisionStep[],
): Partial<Explanation> {
  const { pool, settings } = outcome;
  const named = { pool: pool?.name ?? null, settings: settings.name };
  const member = firstMember(outcome);
  if (member === undefined) {
    const owner = pool === null ? 'The load distribution policy' : `Backend pool '${pool.name}'`;
    steps.push({ stage: 'backend', outcome: 'respond', why: `${owner} has no members. The gateway answers 502.` });
    return { ...named, status: 502 };
  }
  const server = { address: member.address, kind: member.kind, port: settings.port };
  const backendRequest = buildBackendRequest(route, outcome, request, server, table, {
    isUpgrade: isWebSocket(request, table),
  });
  steps.push(...explainHeaders(route, outcome, backendRequest));
  steps.push(...explainResponseRewrites(outcome, table));
  return {
    ...named,
    backendUrl: backendUrl(outcome, member, backendRequest),
    requestHeaders: headersAsObject(backendRequest),
  };
}

// https://www.rfc-editor.org/rfc/rfc6455#section-4.1
function isWebSocket(request: ClientRequest, { gateway }: RoutingTable): boolean {
  const isUpgrade = headersNamedByConnection(request.rawHeaders).includes('upgrade');
  return isUpgrade && asksForWebSocket(request.method, checkRequest(request, gateway.sku.generation));
}

function firstMember({ pool, loadDistributionPolicy }: ForwardOutcome): BackendAddress | undefined {
  if (loadDistributionPolicy === null) return pool?.members[0];
  return loadDistributionPolicy.targets.flatMap((target) => target.backendAddressPool?.members ?? [])[0];
}

function backendUrl({ settings }: ForwardOutcome, { address }: BackendAddress, { path }: BackendRequest): string {
  const scheme = settings.protocol === 'Https' ? 'https' : 'http';
  const port = settings.port === (scheme === 'https' ? 443 : 80) ? '' : `:${settings.port}`;
  return `${scheme}://${address.includes(':') ? `[${address}]` : address}${port}${path}`;
}

function headersAsObject({ headers }: BackendRequest): Record<string, string> {
  const lines = new Map<string, string>();
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    const others = lines.get(name);
    lines.set(name, others === undefined ? value : `${others}, ${value}`);
  }
  return Object.fromEntries(lines);
}

// https://learn.microsoft.com/troubleshoot/azure/application-gateway/troubleshoot-tcp-connection-timeout-issues
function explainNoListener(table: RoutingTable, request: ClientRequest): Explanation {
  const ports = [...new Set(table.entryPoints.map(({ port }) => port))].sort((a, b) => a - b);
  const known = ports.length === 0 ? 'no port at all' : `port ${ports.join(', ')}`;
  const why =
    `No listener with a rule waits on port ${request.serverPort}; the connection times out. ` +
    `This gateway listens on ${known}.`;
  return { ...nothingDecided, steps: [{ stage: 'listener', outcome: 'respond', why }] };
}

function explainWrongProtocol(entryPoint: EntryPoint): Explanation {
  if (entryPoint.protocol === 'Https') {
    const why = `Port ${entryPoint.port} speaks HTTPS; the gateway answers plain HTTP with 400.`;
    return { ...nothingDecided, status: 400, steps: [{ stage: 'listener', outcome: 'respond', why }] };
  }
  const why = `Port ${entryPoint.port} speaks plain HTTP; the TLS handshake fails.`;
  return { ...nothingDecided, steps: [{ stage: 'listener', outcome: 'respond', why }] };
}
