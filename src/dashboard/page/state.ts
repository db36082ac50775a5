import { computed, signal } from '@preact/signals';
import { systemClock } from '../../base/clock.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { BackendHealth } from '../../emulator/backend-health.ts';
import type { RequestDescription } from '../../observability/describe-request.ts';
import type { Explanation } from '../../routing/explain.ts';
import type { ExplainedRecord } from '../explain-record.ts';
import type { FeedMessage } from '../feed.ts';
import type { GatewayView } from '../gateway-view.ts';
import type { Pulse } from '../traffic-pulse.ts';
import { api } from './api.ts';
import { listServers } from './servers.ts';
import { buildTopology, edgeId, nodeId, nodesOnWay, type Topology } from './topology/build-topology.ts';
import { addPulse, historyOf, type Second } from './traffic-history.ts';

/** What the side panel shows. */
export type Selection =
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'explanation'; readonly method: string; readonly url: string; readonly explanation: Explanation }
  | { readonly kind: 'request'; readonly explained: ExplainedRecord };

export interface Happening {
  readonly key: number;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}

const requestsKept = 500;
const happeningsKept = 12;
/** Heavy traffic is no reason to read the log all the time. */
const logPauseMilliseconds = 1000;
/** How long an edge shows that a request went over it. */
const flowMilliseconds = 1500;

export const gateway = signal<GatewayView | null>(null);
export const health = signal<BackendHealth | null>(null);
export const findings = signal<readonly Diagnostic[]>([]);
export const requests = signal<readonly RequestDescription[]>([]);
export const isPaused = signal(false);
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting');
export const selection = signal<Selection | null>(null);
export const history = signal<readonly Second[]>([]);
/** Newest first. */
export const happenings = signal<readonly Happening[]>([]);
/** Edges that requests went over a moment ago, with their number. */
export const flowing = signal<ReadonlyMap<string, number>>(new Map());

const noTopology: Topology = { nodes: [], edges: [] };

export const topology = computed(() => (gateway.value === null ? noTopology : buildTopology(gateway.value)));

/** Servers by the node that stands for them. */
export const servers = computed(() => listServers(health.value));

/** Nodes that the explanation or request in the side panel meets. */
export const litNodes = computed<ReadonlySet<string>>(() => {
  const shown = selection.value;
  if (shown === null || shown.kind === 'node') return new Set();
  const {
    listener,
    rule,
    pathRule,
    advancedRoutingRule = null,
    pool,
  } = shown.kind === 'request' ? shown.explained : shown.explanation;
  const member = shown.kind === 'request' ? shown.explained.request.member : null;
  const way = { listener, rule, pathRule, advancedRoutingRule, pool, member };
  const onWay = nodesOnWay(topology.value, way);
  // Any member of the pool may get a request that is only explained.
  const isForwarded = shown.kind === 'explanation' && shown.explanation.backendUrl !== null;
  return new Set(isForwarded && pool !== null ? [...onWay, ...membersOf(topology.value, pool)] : onWay);
});

function membersOf({ edges }: Topology, pool: string): readonly string[] {
  return edges.filter(({ from }) => from === nodeId.pool(pool)).map(({ to }) => to);
}

/** Reads everything anew: at the start, after a redeployment, and when the feed is back. */
export async function refresh(): Promise<void> {
  const [newGateway, newHealth, newFindings, newRequests] = await Promise.all([
    api.gateway(),
    api.backendHealth(),
    api.findings(),
    api.requests(requestsKept),
  ]);
  gateway.value = newGateway;
  health.value = newHealth;
  findings.value = newFindings;
  requests.value = newRequests;
  if (history.value.length === 0) history.value = historyOf(newRequests);
  const shown = selection.value;
  if (shown?.kind === 'node' && !topology.value.nodes.some(({ id }) => id === shown.id)) selection.value = null;
}

async function refreshMembers(): Promise<void> {
  [gateway.value, health.value] = await Promise.all([api.gateway(), api.backendHealth()]);
}

export async function take(message: FeedMessage): Promise<void> {
  switch (message.event) {
    case 'requests':
      takePulse(message);
      return;
    case 'health':
      tell(message.health === 'Healthy' ? 'info' : 'warning', describeHealth(message));
      return refreshMembers();
    case 'member':
      return refreshMembers();
    case 'notice':
      tell(message.severity, message.message);
      return;
    case 'redeploy':
      tell('info', 'The gateway was deployed again.');
      return refresh();
    default:
      message satisfies never;
  }
}

export function tell(severity: Happening['severity'], message: string): void {
  const key = (happenings.value[0]?.key ?? 0) + 1;
  happenings.value = [{ key, severity, message }, ...happenings.value].slice(0, happeningsKept);
}

/** Does something for the user, and tells when it does not work. */
export async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    tell('error', fault instanceof Error ? fault.message : String(fault));
  }
}

function takePulse(pulse: Pulse): void {
  history.value = addPulse(history.value, Math.floor(systemClock.now() / 1000), pulse);
  if (!isPaused.value) requests.value = [...pulse.requests, ...requests.value].slice(0, requestsKept);
  if (pulse.count > pulse.requests.length) readLogSoon();
  const edges = new Map(flowing.value);
  for (const flow of pulse.flows) {
    const nodes = nodesOnWay(topology.value, flow);
    for (const [index, to] of nodes.entries()) {
      const from = nodes[index - 1];
      if (from !== undefined) edges.set(edgeId({ from, to }), flow.count);
    }
  }
  flowing.value = edges;
  window.clearTimeout(calming);
  calming = window.setTimeout(() => {
    flowing.value = new Map();
  }, flowMilliseconds);
}

let calming = 0;

/** A moment with many requests tells the newest of them only; the log has the others. */
function readLogSoon(): void {
  if (reading !== 0) return;
  reading = window.setTimeout(async () => {
    await attempt(async () => {
      const latest = await api.requests(requestsKept);
      if (!isPaused.value) requests.value = latest;
    });
    reading = 0;
  }, logPauseMilliseconds);
}

let reading = 0;

function describeHealth(message: FeedMessage & { readonly event: 'health' }): string {
  return `${message.member}:${message.port} of pool '${message.pool}' is ${message.health.toLowerCase()}. ${message.message}`;
}

/** The node of a member, for whoever knows only its names. */
export const memberId = nodeId.member;
