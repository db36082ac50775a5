import { describe, expect, test } from 'vitest';
import type { BackendView } from '../../../src/dashboard/gateway-view.ts';
import { healthOfMember } from '../../../src/dashboard/page/servers.ts';
import { buildTopology, nodesOnWay, type Topology } from '../../../src/dashboard/page/topology/build-topology.ts';
import { layoutTopology, nodeHeight, sizesFor } from '../../../src/dashboard/page/topology/layout-topology.ts';
import { nextFocus } from '../../../src/dashboard/page/topology/move-focus.ts';
import {
  addPulse,
  chartColumns,
  historyOf,
  type Second,
  secondsShown,
} from '../../../src/dashboard/page/traffic-history.ts';
import type { RequestDescription } from '../../../src/observability/describe-request.ts';
import { compileRoutingTable } from '../../../src/routing/compile-routing-table.ts';
import { listRoutes } from '../../../src/routing/list-routes.ts';
import { type GatewaySpec, makeGateway } from '../../routing/gateway-fixture.ts';

function topologyOf(spec: GatewaySpec, answering: Partial<BackendView> = {}): Topology {
  const gateway = makeGateway(spec);
  return buildTopology({
    name: 'gw',
    id: 'gw',
    sku: 'Standard_v2',
    listeners: [],
    backends: gateway.backendAddressPools.flatMap(({ name, members }) =>
      members.map(({ address }) => ({
        pool: name,
        member: address,
        port: 80,
        kind: 'mock' as const,
        target: null,
        state: 'up' as const,
        delayMilliseconds: 0,
        ...answering,
      })),
    ),
    routes: listRoutes(compileRoutingTable(gateway)),
    loadDistributionPolicies: [],
    notEmulated: [],
  });
}

const shop: GatewaySpec = {
  listeners: [
    { name: 'a', hosts: ['a.example', 'www.a.example'] },
    { name: 'b', hosts: ['b.example'] },
  ],
  rules: [
    {
      name: 'a-rule',
      listener: 'a',
      pool: 'web',
      paths: [
        { name: 'images', paths: ['/images/*', '/pictures/*'], pool: 'images' },
        { name: 'old', paths: ['/old'], redirect: { to: 'https://new.example' } },
      ],
    },
    { name: 'b-rule', listener: 'b', pool: 'web' },
  ],
  pools: { web: ['10.0.0.4', '10.0.0.5'], images: ['10.0.1.4'] },
};

const topology = topologyOf(shop);

test('everything is there once, however many hosts and paths lead to it', () => {
  expect(topology.nodes.filter(({ kind }) => kind !== 'redirect').map(({ id, name }) => [id, name])).toEqual([
    ['listener:a', 'a'],
    ['listener:b', 'b'],
    ['rule:a-rule', 'a-rule'],
    ['rule:b-rule', 'b-rule'],
    ['path:a-rule/images', '/images/*, /pictures/*'],
    ['path:a-rule/old', '/old'],
    ['path:a-rule/', 'every other path'],
    ['path:b-rule/', 'every path'],
    ['pool:images', 'images'],
    ['pool:web', 'web'],
    ['member:web/10.0.0.4', '10.0.0.4'],
    ['member:web/10.0.0.5', '10.0.0.5'],
    ['member:images/10.0.1.4', '10.0.1.4'],
  ]);
  expect(topology.nodes.find(({ id }) => id === 'listener:a')?.detail).toBe('http 80 · a.example, www.a.example');
});

test.each<[string, Partial<BackendView>]>([
  ['stand-in', {}],
  ['folder', { shows: { kind: 'folder', path: '/srv/images' } }],
  ['response', { shows: { kind: 'response', path: '/srv/orders.http' } }],
  ['mapped', { kind: 'mapped' }],
  ['live', { kind: 'live' }],
  ['down', { kind: 'down' }],
])('a member tells that a %s answers for it', (word, answering) => {
  const member = topologyOf(shop, answering).nodes.find(({ id }) => id === 'member:web/10.0.0.4');
  expect(member?.detail).toBe(`port 80 · ${word}`);
});

test('two rules that share a pool meet in it', () => {
  expect(topology.edges.filter(({ to }) => to === 'pool:web').map(({ from }) => from)).toEqual([
    'path:a-rule/',
    'path:b-rule/',
  ]);
});

const nowhere = { listener: null, rule: null, pathRule: null, pool: null, member: null };

describe('the way of a request', () => {
  test.each([
    [
      'leads to a member',
      { ...nowhere, listener: 'b', rule: 'b-rule', pool: 'web', member: '10.0.0.5' },
      5,
      'member:web/10.0.0.5',
    ],
    ['leads to a redirect', { ...nowhere, listener: 'a', rule: 'a-rule', pathRule: 'old' }, 4, 'redirect:'],
    ['ends at the listener', { ...nowhere, listener: 'a' }, 1, 'listener:a'],
    ['passes over what a redeployment took away', { ...nowhere, listener: 'gone', rule: 'b-rule' }, 2, 'path:b-rule/'],
  ])('%s', (_what, way, length, last) => {
    const nodes = nodesOnWay(topology, way);
    expect(nodes).toHaveLength(length);
    expect(nodes.at(-1)).toContain(last);
  });

  test('of a request that no listener took is empty', () => expect(nodesOnWay(topology, nowhere)).toEqual([]));
});

describe('the layout', () => {
  test.each([300, 890, 2000])('in %i pixels overlaps nothing', (width) => {
    const many: GatewaySpec = {
      rules: Array.from({ length: 30 }, (_, index) => ({
        name: `r${index}`,
        listener: `l${index}`,
        pool: `p${index % 3}`,
      })),
      listeners: Array.from({ length: 30 }, (_, index) => ({ name: `l${index}`, hosts: [`h${index}.example`] })),
    };
    for (const each of [topology, topologyOf(many)]) {
      const { placed, height } = layoutTopology(each, sizesFor(width));
      for (const column of [0, 1, 2, 3, 4]) {
        const ys = [...placed.values()].filter(({ node }) => node.column === column).map(({ y }) => y);
        const sorted = ys.toSorted((a, b) => a - b);
        const distances = sorted.slice(1).map((y, index) => y - (sorted[index] ?? 0));
        expect(Math.min(nodeHeight, ...distances)).toBe(nodeHeight);
        expect(Math.max(...ys) + nodeHeight).toBeLessThanOrEqual(height);
        expect(Math.min(...ys)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('fits the room beside the details at 1280 pixels', () => {
    expect(layoutTopology(topology, sizesFor(890)).width).toBeLessThanOrEqual(890);
  });
});

test.each([
  ['listener:a', 'ArrowDown', 'listener:b'],
  ['listener:a', 'ArrowUp', undefined],
  ['listener:b', 'ArrowRight', 'rule:b-rule'],
  ['rule:b-rule', 'ArrowLeft', 'listener:b'],
  ['listener:a', 'ArrowLeft', undefined],
  ['path:a-rule/images', 'End', 'path:b-rule/'],
  ['path:b-rule/', 'Home', 'path:a-rule/images'],
  ['listener:a', 'a', undefined],
  ['gone', 'ArrowDown', undefined],
])('from %s %s leads to %s', (from, key, to) => {
  expect(nextFocus(topology, layoutTopology(topology, sizesFor(900)), from, key)).toBe(to);
});

test.each([
  [['Healthy', 'Healthy'], 'Healthy'],
  [['Healthy', 'Unknown'], 'Unknown'],
  [['Healthy', 'Partial'], 'Partial'],
  [['Partial', 'Unhealthy'], 'Unhealthy'],
  [[], 'Unknown'],
] as const)('a member that is %j with its settings is shown as %s', (all, expected) => {
  const servers = all.map((health, index) => ({
    pool: 'web',
    settings: `settings-${index}`,
    address: '10.0.0.4',
    health,
    healthProbeLog: '',
  }));
  expect(healthOfMember(servers, 'member:web/10.0.0.4')).toBe(expected);
});

describe('the history of traffic', () => {
  const pulse = {
    count: 2,
    statuses: { '2xx': 1, '5xx': 1 },
    milliseconds: { average: 10, maximum: 15 },
    flows: [],
    requests: [],
  };

  test('adds up what falls into one second, and forgets what is too old to show', () => {
    let history: readonly Second[] = [];
    for (const time of [1, 1, 2, 2 + secondsShown]) history = addPulse(history, time, pulse);
    expect(history.map(({ time, count }) => [time, count])).toEqual([[2 + secondsShown, 2]]);
    history = addPulse(history, 2 + secondsShown, { ...pulse, count: 1, milliseconds: { average: 40, maximum: 40 } });
    expect(history[0]).toMatchObject({
      count: 3,
      statuses: { '2xx': 2, '5xx': 2 },
      milliseconds: { sum: 60, maximum: 40 },
    });
  });

  test('begins with what the log knows', () => {
    const described = (time: string, status: number, milliseconds: number) =>
      ({ time, status, milliseconds }) as RequestDescription;
    const history = historyOf([
      described('1970-01-01T00:00:11.000Z', 200, 50),
      described('1970-01-01T00:00:10.500Z', 503, 900),
      described('1970-01-01T00:00:10.000Z', 200, 10),
    ]);
    expect(history).toEqual([
      { time: 10, count: 1, statuses: { '2xx': 1 }, milliseconds: { sum: 10, maximum: 10 } },
      { time: 11, count: 2, statuses: { '2xx': 1, '5xx': 1 }, milliseconds: { sum: 950, maximum: 900 } },
    ]);
  });

  test('becomes columns up to now', () => {
    const columns = chartColumns(addPulse([], 1000, pulse), 1001);
    expect(columns.times.at(-1)).toBe(1001);
    expect(columns.statuses.map((column) => column.slice(-2))).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
      [1, 0],
    ]);
    expect([columns.average.slice(-2), columns.maximum.slice(-2)]).toEqual([
      [10, null],
      [15, null],
    ]);
  });
});
