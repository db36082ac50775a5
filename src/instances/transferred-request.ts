import { sameName } from '../base/case-insensitive-map.ts';
import type { Gateway, RequestRoutingRule, SubResource } from '../gateway/model.ts';
import { type BackendAttempt, RequestRecord } from '../observability/request-record.ts';
import type { AppliedRewrite, Route, RouteOutcome } from '../routing/route.ts';
import type { BackendServer } from '../runtime/backends/backend-server.ts';

/** The record of a request on its way to another process: objects of the gateway go by their names. */
export interface TransferredRequest {
  readonly figures: Omit<RequestRecord, 'gateway' | 'route' | 'attempts' | 'responseRewrites'>;
  readonly route: TransferredRoute | null;
  readonly attempts: readonly TransferredAttempt[];
  readonly responseRewrites: readonly TransferredRewrite[];
}

type TransferredRoute = Pick<Route, 'host'> & {
  readonly listener: string | null;
  readonly rule: string | null;
  readonly pathRule: string | null;
  readonly advancedRoutingRule: string | null;
  readonly rewrites: readonly TransferredRewrite[];
  readonly outcome: TransferredOutcome;
};

type Respond = Extract<RouteOutcome, { kind: 'respond' }>;
type Redirect = Extract<RouteOutcome, { kind: 'redirect' }>;
type Forward = Extract<RouteOutcome, { kind: 'forward' }>;

type TransferredOutcome =
  | Respond
  | (Omit<Redirect, 'redirectConfiguration'> & { readonly redirectConfiguration: string })
  | (Omit<Forward, 'pool' | 'loadDistributionPolicy' | 'settings' | 'rewriteRuleSet'> & {
      readonly pool: string | null;
      readonly loadDistributionPolicy: string | null;
      readonly settings: string;
      readonly rewriteRuleSet: string | null;
    });

type TransferredRewrite = Pick<AppliedRewrite, 'changes'> & { readonly ruleSet: string; readonly rule: string };

type TransferredAttempt = Omit<BackendAttempt, 'server'> & {
  readonly pool: string;
  readonly member: string;
  readonly port: number;
  readonly settings: string;
};

/** Makes a record ready to be sent. */
export function pack(record: RequestRecord): TransferredRequest {
  const { gateway: _gateway, route, attempts, responseRewrites, ...figures } = record;
  return {
    figures,
    route: route === null ? null : packRoute(route),
    attempts: attempts.map(({ server, ...attempt }) => ({
      ...attempt,
      pool: server.pool.name,
      member: server.ipOrName,
      port: server.address.port,
      settings: server.settings.name,
    })),
    responseRewrites: responseRewrites.map(packRewrite),
  };
}

function packRoute(route: Route): TransferredRoute {
  const { host, listener, rule, pathRule, advancedRoutingRule, rewrites, outcome } = route;
  return {
    host,
    listener: listener?.name ?? null,
    rule: rule?.name ?? null,
    pathRule: pathRule?.name ?? null,
    advancedRoutingRule: advancedRoutingRule?.name ?? null,
    rewrites: rewrites.map(packRewrite),
    outcome: packOutcome(outcome),
  };
}

function packRewrite({ ruleSet, rule, changes }: AppliedRewrite): TransferredRewrite {
  return { ruleSet: ruleSet.name, rule: rule.name, changes };
}

function packOutcome(outcome: RouteOutcome): TransferredOutcome {
  switch (outcome.kind) {
    case 'respond':
      return outcome;
    case 'redirect':
      return { ...outcome, redirectConfiguration: outcome.redirectConfiguration.name };
    case 'forward':
      return {
        ...outcome,
        pool: outcome.pool?.name ?? null,
        loadDistributionPolicy: outcome.loadDistributionPolicy?.name ?? null,
        settings: outcome.settings.name,
        rewriteRuleSet: outcome.rewriteRuleSet?.name ?? null,
      };
    default:
      return outcome satisfies never;
  }
}

/**
 * Makes a record of what was received.
 *
 * @param gateway the one it was served by
 * @returns undefined when the gateway has no object of some name, because another one is served meanwhile
 */
export function unpack(
  packed: TransferredRequest,
  gateway: Gateway,
  servers: readonly BackendServer[],
): RequestRecord | undefined {
  try {
    return new Unpacking(gateway, servers).record(packed);
  } catch (fault) {
    if (fault instanceof UnknownName) return undefined;
    throw fault;
  }
}

class UnknownName extends Error {}

class Unpacking {
  readonly #gateway: Gateway;
  readonly #servers: readonly BackendServer[];

  constructor(gateway: Gateway, servers: readonly BackendServer[]) {
    this.#gateway = gateway;
    this.#servers = servers;
  }

  record({ figures, route, attempts, responseRewrites }: TransferredRequest): RequestRecord {
    const { request, startedAt, startedAtElapsed, ...rest } = figures;
    const record = new RequestRecord(request, this.#gateway, startedAt, startedAtElapsed);
    Object.assign(record, rest);
    record.route = route === null ? null : this.#route(route);
    record.attempts.push(...attempts.map((attempt) => this.#attempt(attempt)));
    record.responseRewrites = responseRewrites.map((rewrite) => this.#rewrite(rewrite));
    return record;
  }

  #route({ host, listener, rule, pathRule, advancedRoutingRule, rewrites, outcome }: TransferredRoute): Route {
    const found = named(this.#gateway.requestRoutingRules, rule);
    return {
      host,
      listener: named(this.#gateway.httpListeners, listener),
      rule: found,
      pathRule: named(pathRulesOf(found), pathRule),
      advancedRoutingRule: named(found?.advancedRoutingMap?.advancedRoutingRules ?? [], advancedRoutingRule),
      rewrites: rewrites.map((rewrite) => this.#rewrite(rewrite)),
      outcome: this.#outcome(outcome),
    };
  }

  #rewrite({ ruleSet, rule, changes }: TransferredRewrite): AppliedRewrite {
    const set = known(this.#gateway.rewriteRuleSets, ruleSet);
    return { ruleSet: set, rule: known(set.rewriteRules, rule), changes };
  }

  #outcome(outcome: TransferredOutcome): RouteOutcome {
    const { redirectConfigurations, backendAddressPools, loadDistributionPolicies } = this.#gateway;
    switch (outcome.kind) {
      case 'respond':
        return outcome;
      case 'redirect':
        return {
          ...outcome,
          redirectConfiguration: known(redirectConfigurations, outcome.redirectConfiguration),
        };
      case 'forward':
        return {
          ...outcome,
          pool: named(backendAddressPools, outcome.pool),
          loadDistributionPolicy: named(loadDistributionPolicies, outcome.loadDistributionPolicy),
          settings: known(this.#gateway.backendHttpSettingsCollection, outcome.settings),
          rewriteRuleSet: named(this.#gateway.rewriteRuleSets, outcome.rewriteRuleSet),
        };
      default:
        return outcome satisfies never;
    }
  }

  #attempt({ pool, member, port, settings, ...attempt }: TransferredAttempt): BackendAttempt {
    const server = this.#servers.find(
      (each) =>
        sameName(each.pool.name, pool) &&
        sameName(each.settings.name, settings) &&
        sameName(each.ipOrName, member) &&
        each.address.port === port,
    );
    if (server === undefined) throw new UnknownName(member);
    return { ...attempt, server };
  }
}

function pathRulesOf(rule: RequestRoutingRule | null) {
  return rule?.urlPathMap?.pathRules ?? [];
}

function known<T extends Pick<SubResource, 'name'>>(all: readonly T[], name: string): T {
  const found = all.find((each) => each.name === name);
  if (found === undefined) throw new UnknownName(name);
  return found;
}

function named<T extends Pick<SubResource, 'name'>>(all: readonly T[], name: string | null): T | null {
  return name === null ? null : known(all, name);
}
