import { buildBackendRequest } from '../../src/routing/backend-request.ts';
import { buildClientResponse } from '../../src/routing/client-response.ts';
import { compileRoutingTable, type EntryPoint, type RoutingTable } from '../../src/routing/compile-routing-table.ts';
import type { ClientRequest, ForwardOutcome, RawHeaders, Route } from '../../src/routing/route.ts';
import { routeRequest } from '../../src/routing/route-request.ts';
import type { Expectation, Fact } from './facts/fact.ts';
import { makeGateway } from './gateway-fixture.ts';
import { makeRequest, type RequestSpec } from './request-fixture.ts';

export interface Situation {
  readonly table: RoutingTable;
  readonly entryPoint: EntryPoint;
  readonly request: ClientRequest;
}

/** What a fact is about, made ready to be decided on. */
export function prepare(fact: Pick<Fact, 'gateway' | 'behaviour' | 'request'>): Situation {
  const table = compileRoutingTable(makeGateway(fact.gateway), fact.behaviour);
  const request = makeRequest(fact.request);
  const entryPoint = table.entryPoints.find(({ port }) => port === request.serverPort);
  if (entryPoint === undefined) throw new Error(`the gateway has no listener on port ${request.serverPort}`);
  return { table, entryPoint, request };
}

/** Decides on a fact's request, and tells of the decision what the fact expects something of. */
export function decide(fact: Fact): Expectation {
  return decideOn(prepare(fact), fact);
}

/** The same for another request in its place. */
export function decideOn({ table, entryPoint, request }: Situation, fact: Fact): Expectation {
  const route = routeRequest(entryPoint, table, request);
  const decision = { ...describeRoute(route), ...describeExchange(route, request, fact.request, table) };
  return selectLike(decision, fact.expect);
}

export function describeRoute({ listener, rule, pathRule, advancedRoutingRule, outcome }: Route): Expectation {
  const common = {
    listener: listener?.name ?? null,
    ...(rule === null ? {} : { rule: rule.name }),
    pathRule: pathRule?.name ?? null,
    advancedRoutingRule: advancedRoutingRule?.name ?? null,
  };
  switch (outcome.kind) {
    case 'respond':
      return { ...common, status: outcome.status, errorInfo: outcome.errorInfo };
    case 'redirect':
      return { ...common, status: outcome.status, location: outcome.location };
    case 'forward':
      return {
        ...common,
        ...(outcome.pool === null ? {} : { pool: outcome.pool.name }),
        settings: outcome.settings.name,
      };
    default:
      return outcome satisfies never;
  }
}

function describeExchange(route: Route, request: ClientRequest, spec: RequestSpec, table: RoutingTable): Expectation {
  const { outcome } = route;
  if (outcome.kind !== 'forward') return {};
  const isUpgrade = spec.isUpgrade === true;
  const backendRequest = buildBackendRequest(route, outcome, request, serverOf(outcome), table, { isUpgrade });
  const response = { status: spec.response?.status ?? 200, headers: (spec.response?.headers ?? []).flat() };
  const { head } = buildClientResponse(route, outcome, request, response, table, { isUpgrade });
  return {
    forwarded: backendRequest.path,
    toServer: linesByName(backendRequest.headers),
    toClient: linesByName(head.headers),
  };
}

function serverOf({ pool, settings }: ForwardOutcome) {
  const member = pool?.members[0] ?? { address: '10.0.0.9', kind: 'ipAddress' as const };
  return { address: member.address, kind: member.kind, port: settings.port };
}

export function linesByName(headers: RawHeaders): Record<string, string> {
  const lines: Record<string, string> = {};
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const known = Object.keys(lines).find((other) => other.toLowerCase() === name.toLowerCase()) ?? name;
    lines[known] = known in lines ? `${lines[known]} | ${headers[index + 1]}` : `${headers[index + 1]}`;
  }
  return lines;
}

/** Reduces an object to the members of another; headers are found in any letter case and null when missing. */
export function selectLike(actual: Expectation, expected: Expectation): Expectation {
  const entries = Object.entries(expected).map(([key, value]) => {
    const found = actual[key as keyof Expectation];
    const isHeaders = key === 'toServer' || key === 'toClient';
    return [key, isHeaders ? selectHeaders(found as Record<string, string> | undefined, value) : found];
  });
  return Object.fromEntries(entries);
}

function selectHeaders(lines: Record<string, string> = {}, expected: object): Record<string, string | null> {
  const found = Object.keys(expected).map((name) => {
    const actual = Object.keys(lines).find((other) => other.toLowerCase() === name.toLowerCase());
    return [name, actual === undefined ? null : (lines[actual] ?? null)];
  });
  return Object.fromEntries(found);
}
