import type { Gateway, RouteTarget } from '../../gateway/model.ts';
import { targetsOfRule } from '../../gateway/targets-of-rule.ts';
import type { BackendAttempt, RequestRecord } from '../../observability/request-record.ts';
import type { RoutingTable } from '../../routing/compile-routing-table.ts';
import { explainClientRequest } from '../../routing/explain.ts';
import type { DecisionStage, DecisionStep } from '../../routing/route.ts';
import type { Concern, Mismatch } from './mismatch.ts';
import { redirectReasons } from './redirect-reasons.ts';
import { settingsReasons } from './settings-reasons.ts';
import type { Reason } from './test-result.ts';
import { uniqueReasons } from './unique-reasons.ts';
import { unknownNames } from './unknown-names.ts';

/** The stages that bear on an expectation, the one that decides most directly first. */
const stagesOf: Readonly<Record<Concern, readonly DecisionStage[]>> = {
  listener: ['listener', 'response'],
  rule: ['rule', 'listener'],
  path: ['path', 'rule', 'redirect', 'response'],
  redirect: ['redirect', 'response', 'path', 'rule'],
  rewrite: ['backend', 'redirect', 'response', 'path', 'rule'],
  member: ['path', 'rule', 'redirect', 'response'],
  received: ['backend', 'redirect', 'response', 'path', 'rule'],
  answer: ['response', 'redirect', 'path', 'rule'],
  connection: [],
};

/** More would hide the one that counts. */
const maximumReasons = 4;

/** Tells which stages of the gateway's decision made an expectation fail, and why they decided so. */
export function findReasons(mismatch: Mismatch, record: RequestRecord | null, table: RoutingTable): readonly Reason[] {
  if (record === null) return [];
  const steps = explainRecord(record, table);
  const names = [...new Set(mismatch.names.flatMap((name) => [name, ...waysTo(table.gateway, name)]))];
  const aboutThem = steps.filter(
    (step) => isTelling(step, mismatch.concern) && (mentions(step, names) || isUnmet(step, mismatch.concern)),
  );
  const deciding = stagesOf[mismatch.concern].flatMap((stage) => {
    const last = steps.findLast((step) => step.stage === stage && step.outcome !== 'passed over');
    return last === undefined ? [] : [last];
  });
  const chosen = [...aboutThem.slice(-2), ...deciding.slice(0, aboutThem.length === 0 ? 2 : 1)];
  return uniqueReasons([
    ...unknownNames(mismatch, table.gateway),
    ...outcomeReasons(mismatch, record),
    ...chosen,
  ]).slice(0, maximumReasons);
}

/** Candidates that were passed over tell why it is not what was expected; so do rewrites, of headers. */
function isTelling({ stage, outcome }: DecisionStep, concern: Concern): boolean {
  if (concern === 'rewrite' || concern === 'received') return stage === 'rewrite' || stage === 'headers';
  return outcome === 'passed over';
}

/** A rewrite rule whose condition does not hold: what is missed may be what it would have done. */
function isUnmet({ stage, outcome }: DecisionStep, concern: Concern): boolean {
  return stage === 'rewrite' && outcome === 'passed over' && ['rewrite', 'received'].includes(concern);
}

/** The very matcher that decided about the request, asked once more for its reasons. */
function explainRecord({ request, route }: RequestRecord, table: RoutingTable): readonly DecisionStep[] {
  const protocol = request.scheme === 'https' ? 'Https' : 'Http';
  const onPort = table.entryPoints.filter((each) => each.port === request.serverPort && each.protocol === protocol);
  const entryPoint =
    onPort.find(({ routes }) => routes.some(({ listener }) => listener === route?.listener)) ?? onPort[0];
  return entryPoint === undefined ? [] : explainClientRequest(table, entryPoint, request).steps;
}

function mentions({ why }: DecisionStep, names: readonly string[]): boolean {
  const folded = why.toLowerCase();
  return names.some((name) => folded.includes(`'${name.toLowerCase()}'`));
}

/** Names of the rules of maps and listeners that lead to a member, pool, settings or rewrite set of that name. */
function waysTo(gateway: Gateway, name: string): string[] {
  const pools = gateway.backendAddressPools.filter(({ members }) => members.some(({ address }) => address === name));
  const goals = [name, ...pools.map((pool) => pool.name)];
  const leads = (target: RouteTarget) => goals.some((goal) => leadsTo(target, goal));
  return gateway.requestRoutingRules.flatMap((rule) => {
    const ofMap = rule.urlPathMap?.pathRules ?? rule.advancedRoutingMap?.advancedRoutingRules ?? [];
    const isMeant = [rule, ...ofMap].some((each) => each.name === name) || targetsOfRule(rule).some(leads);
    return [
      ...ofMap.filter(({ target }) => leads(target)).map((each) => each.name),
      ...(isMeant && rule.httpListener !== null ? [rule.httpListener.name] : []),
    ];
  });
}

function leadsTo(target: RouteTarget, name: string): boolean {
  if (target.kind === 'none') return false;
  if (target.kind === 'redirect') return target.redirectConfiguration.name === name;
  const { backendAddressPool, backendHttpSettings, loadDistributionPolicy, rewriteRuleSet } = target;
  const shared = loadDistributionPolicy?.targets.map((each) => each.backendAddressPool) ?? [];
  const parts = [backendAddressPool, backendHttpSettings, loadDistributionPolicy, rewriteRuleSet, ...shared];
  return parts.some((each) => each?.name === name);
}

/** What happened after the decision: the gateway's own answer, what settings have to do with it, and the servers that were tried. */
function outcomeReasons(mismatch: Mismatch, record: RequestRecord): Reason[] {
  const { concern } = mismatch;
  const { why, attempts } = record;
  const own = why === null ? [] : [{ stage: 'response', why }];
  const isAboutServers = ['member', 'answer', 'connection'].includes(concern);
  return [
    ...own,
    ...settingsReasons(mismatch, record),
    ...redirectReasons(mismatch, record),
    ...(isAboutServers ? attempts.map(describeAttempt) : []),
    ...rewriteReasons(concern, record),
  ];
}

/** What rewrites did to the request that a server received, or to the answer that the client got. */
function rewriteReasons(concern: Concern, { route, responseRewrites }: RequestRecord): Reason[] {
  const applied = concern === 'received' ? (route?.rewrites ?? []) : concern === 'rewrite' ? responseRewrites : [];
  return applied.map(({ ruleSet, rule, changes }) => {
    const changed = changes.map(({ target, name, value }) => `${name ?? target} to '${value ?? ''}'`).join(', ');
    return { stage: 'rewrite', why: `Rewrite rule '${ruleSet.name}/${rule.name}' changed ${changed || 'nothing'}.` };
  });
}

function describeAttempt({ server, status, failure }: BackendAttempt): Reason {
  const name = `${server.pool.name}/${server.address.address}:${server.address.port}`;
  const result = failure ?? (status === null ? 'gave no answer.' : `answered ${status}.`);
  return { stage: 'backend', why: failure === null ? `${name} ${result}` : `${name}: ${result}` };
}
