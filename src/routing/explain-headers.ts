import { firstHeader } from '../rewrite/raw-headers.ts';
import type { RoutingTable } from './compile-routing-table.ts';
import type { BackendRequest, DecisionStep, ForwardOutcome, RawHeaders, Route } from './route.ts';

/** Tells where the Host that a server sees comes from, and which headers do not reach it. */
export function explainHeaders(route: Route, outcome: ForwardOutcome, backendRequest: BackendRequest): DecisionStep[] {
  return [explainHost(route, outcome, backendRequest), ...explainDropped(outcome, backendRequest)];
}

function explainHost(route: Route, outcome: ForwardOutcome, { host }: BackendRequest): DecisionStep {
  const { settings } = outcome;
  const current = firstHeader(outcome.requestHeaders, 'host');
  const isRewritten = current !== route.host;
  if (host === current && (isRewritten || (!settings.hostName && !settings.pickHostNameFromBackendAddress))) {
    return proceed(`The server sees Host '${host}', ${isRewritten ? 'which a rewrite set' : 'as the client sent it'}.`);
  }
  const source = settings.hostName ? 'hostName' : 'pickHostNameFromBackendAddress';
  const loser = isRewritten ? ` They win over the rewrite, which set '${current}'.` : '';
  return proceed(`The server sees Host '${host}' by ${source} of settings '${settings.name}'.${loser}`);
}

function explainDropped({ requestHeaders }: ForwardOutcome, backendRequest: BackendRequest): DecisionStep[] {
  const sent = new Set(namesOf(backendRequest.headers).map((name) => name.toLowerCase()));
  return namesOf(requestHeaders)
    .filter((name) => !sent.has(name.toLowerCase()))
    .map((name) =>
      proceed(
        /^[a-z0-9-]+$/i.test(name)
          ? `Header '${name}' does not reach the server: it concerns the client's connection.`
          : `Header '${name}' does not reach the server: names of letters, digits and hyphens do.`,
      ),
    );
}

function namesOf(headers: RawHeaders): string[] {
  return headers.filter((_, index) => index % 2 === 0);
}

/** Tells which rewrite rules look at the response, since a request alone cannot say whether they will run. */
export function explainResponseRewrites({ rewriteRuleSet }: ForwardOutcome, table: RoutingTable): DecisionStep[] {
  if (rewriteRuleSet === null || table.gateway.sku.generation === 'v1') return [];
  const rules = table.rewriteRuleSets.get(rewriteRuleSet)?.rules ?? [];
  return rules
    .filter(({ responseHeaders }) => responseHeaders.length > 0)
    .map(({ rule, conditions, responseHeaders }) => {
      const names = responseHeaders.map(({ headerName }) => `'${headerName}'`).join(', ');
      const proviso = conditions.length === 0 ? '' : ' if its conditions hold then';
      const why = `Rewrite rule '${rule.name}' rewrites ${names} when the response arrives${proviso}.`;
      return { stage: 'rewrite', outcome: 'next', why };
    });
}

function proceed(why: string): DecisionStep {
  return { stage: 'headers', outcome: 'next', why };
}
