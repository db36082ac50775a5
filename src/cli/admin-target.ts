import { sameName } from '../base/case-insensitive-map.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { AdminTarget, StandInChange } from '../dashboard/admin-target.ts';
import { explainRecord } from '../dashboard/explain-record.ts';
import type { BackendView, GatewayView } from '../dashboard/gateway-view.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { MockBackend, MockIdentity } from '../mock-backend/mock-backend.ts';
import { defaultAnswer } from '../mock-backend/mock-directives.ts';
import { describeRequest } from '../observability/describe-request.ts';
import type { GatewayMetrics } from '../observability/metrics/gateway-metrics.ts';
import { explainRequest } from '../routing/explain.ts';
import { listRoutes } from '../routing/list-routes.ts';

/** What the admin API shows of a running gateway. */
export function adminTargetOf(
  emulator: Emulator,
  metrics: GatewayMetrics,
  findings: () => readonly Diagnostic[],
): AdminTarget {
  return {
    events: emulator.events,
    metrics,
    gateway: () => describeGateway(emulator),
    backendHealth: () => emulator.backendHealth(),
    requests: (limit) => emulator.requests(limit).map(describeRequest),
    findings,
    explain: (request) => explainRequest(emulator.table, request),
    explainRequest(traceId) {
      const record = emulator.findRequest(traceId);
      return record === undefined ? undefined : explainRecord(record, emulator.table);
    },
    setMemberState: (pool, member, state) => emulator.setMemberState(pool, member, state),
    changeStandIn(pool, member, change) {
      const isDone = changeStandIns(emulator.mocks, pool, member, change);
      if (isDone) emulator.events.emit('member', { pool, member, state: null });
      return isDone;
    },
    isReady: () => emulator.isReady,
  };
}

function describeGateway(emulator: Emulator): GatewayView {
  const { gateway, listeners, backends, mocks, table } = emulator;
  return {
    name: gateway.name,
    id: gateway.id,
    sku: gateway.sku.name,
    listeners,
    backends: backends.map((backend) => ({ ...backend, ...describeMock(mocks, backend) })),
    routes: listRoutes(table),
    loadDistributionPolicies: gateway.loadDistributionPolicies.map(({ name, targets }) => ({
      name,
      pools: targets.flatMap(({ backendAddressPool }) => backendAddressPool?.name ?? []),
    })),
    notEmulated: gateway.notEmulated.map(({ feature, consequence }) => ({ feature, consequence })),
  };
}

/** How a stand-in is set; null where a member has none. */
function describeMock(
  mocks: readonly MockBackend[],
  { pool, member, port }: MockIdentity,
): Pick<BackendView, 'state' | 'delayMilliseconds'> {
  const mock = mocks.find(
    ({ identity }) => identity.pool === pool && identity.member === member && identity.port === port,
  );
  if (mock === undefined) return { state: null, delayMilliseconds: null };
  return { state: mock.isUp ? 'up' : 'down', delayMilliseconds: mock.answer.delayMilliseconds };
}

function changeStandIns(
  mocks: readonly MockBackend[],
  pool: string,
  member: string,
  { delayMilliseconds, status, probeStatus }: StandInChange,
): boolean {
  const meant = mocks.filter(({ identity }) => isMeant(identity, pool, member));
  for (const mock of meant) {
    const delay = delayMilliseconds ?? mock.answer.delayMilliseconds;
    const answer =
      status === undefined ? mock.answer : status === null ? mock.usualAnswer : { ...defaultAnswer, status };
    mock.answer = { ...answer, delayMilliseconds: delay };
    if (probeStatus !== undefined) mock.probeStatus = probeStatus ?? defaultAnswer.status;
  }
  return meant.length > 0;
}

function isMeant(identity: MockIdentity, pool: string, member: string): boolean {
  const { member: address, port } = identity;
  return sameName(identity.pool, pool) && (sameName(address, member) || sameName(`${address}:${port}`, member));
}
