import { expect, test } from 'vitest';
import type { BackendHttpSettings } from '../../src/gateway/model.ts';
import { affinityValue, BackendServer } from '../../src/runtime/backends/backend-server.ts';
import { affinityCookies, readAffinity } from '../../src/runtime/balancing/affinity.ts';
import { type Algorithm, ServerGroup } from '../../src/runtime/balancing/server-group.ts';
import type { BackendTransport } from '../../src/runtime/forwarding/backend-transport.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { probe } from './facts/fact.ts';

const gateway = makeGateway({ rules: [{ pool: 'web' }] });
const [pool] = gateway.backendAddressPools;
const [settings] = gateway.backendHttpSettingsCollection;
const unused: BackendTransport = {
  send: () => {
    throw new Error('Nothing is sent here.');
  },
  cut: () => undefined,
  dispose: async () => undefined,
};

function makeServer(address: string, ofSettings: BackendHttpSettings | undefined = settings): BackendServer {
  if (pool === undefined || ofSettings === undefined) throw new Error('The gateway has no pool.');
  const target = { kind: 'live', protocol: 'http', host: address, port: 80 } as const;
  const server = new BackendServer(pool, { address, kind: 'ipAddress' }, ofSettings, target, unused);
  server.state.health = { health: 'Healthy', failures: 0, log: '' };
  return server;
}

function makeGroup(weights: Readonly<Record<string, number>>, algorithm: Algorithm = 'RoundRobin') {
  const version = { current: 0 };
  const members = Object.entries(weights).map(([address, weight]) => ({ server: makeServer(address), weight }));
  const group = new ServerGroup(members, algorithm, version);
  const choose = (count: number, clientIp = '10.1.1.1') =>
    Array.from({ length: count }, () => group.choose(clientIp, [])?.address.address ?? '-').join('');
  return { group, choose, version, servers: group.servers };
}

test('takes turns', () => {
  expect(makeGroup({ a: 1, b: 1, c: 1 }).choose(7)).toBe('abcabca');
});

test('gives a heavier server its share, spread over the turns', () => {
  expect(makeGroup({ a: 5, b: 1, c: 1 }).choose(7)).toBe('aabacaa');
});

test('passes over servers that are not healthy, and those that were tried', () => {
  const { group, choose, version, servers } = makeGroup({ a: 1, b: 1, c: 1 });
  const [a, b] = servers;
  if (a === undefined || b === undefined) throw new Error('There are three servers.');
  a.state.health = { health: 'Unhealthy', failures: 3, log: '' };
  version.current++;
  expect(choose(4)).toBe('bcbc');
  expect(group.choose('10.1.1.1', [b])?.address.address).toBe('c');
  expect(group.choose('10.1.1.1', [...servers])).toBeNull();
});

test('has nobody to offer when all are unhealthy or unknown, or there are none', () => {
  const { choose, servers } = makeGroup({ a: 1 });
  for (const server of servers) server.state.health = { health: 'Unknown', failures: 0, log: '' };
  expect(choose(1)).toBe('-');
  expect(makeGroup({}).choose(1)).toBe('-');
});

test('the least busy server is the one with the fewest open requests for its weight', () => {
  const { choose, servers } = makeGroup({ a: 1, b: 2 }, 'LeastConnections');
  for (const server of servers) server.state.openRequests = 3;
  expect(choose(2)).toBe('bb');
});

test('a client keeps its server by the hash of its address, and clients are spread by weight', () => {
  const { choose } = makeGroup({ a: 1, b: 3 }, 'IpHash');
  const clients = Array.from({ length: 400 }, (_, index) => `10.1.${index >> 8}.${index & 255}`);
  const chosen = clients.map((client) => choose(1, client));
  expect(clients.map((client) => choose(1, client))).toEqual(chosen);
  const share = chosen.filter((name) => name === 'b').length / clients.length;
  expect(share).toBeGreaterThan(0.65);
  expect(share).toBeLessThan(0.85);
});

test('an affinity cookie names the same server again, and another one with other settings', () => {
  expect(affinityValue('s1', '10.0.0.4:80')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(affinityValue('S1', '10.0.0.4:80')).toBe(affinityValue('s1', '10.0.0.4:80'));
  // github.com/Azure/azure-cli/issues/15995
  expect(affinityValue('s2', '10.0.0.4:80')).not.toBe(affinityValue('s1', '10.0.0.4:80'));
});

test('a cookie binds to its server while that is available', () => {
  const { group, servers } = makeGroup({ a: 1, b: 1 });
  const [, b] = servers;
  if (b === undefined) throw new Error('There are two servers.');
  expect(group.named(b.affinity)).toBe(b);
  expect(group.named('other')).toBeNull();
  b.state.isHeldDown = true;
  expect(group.named(b.affinity)).toBeNull();
});

test('a cookie binds to a server that fails its probe, while minServers keeps that in turn', () => {
  if (settings === undefined) throw new Error('The gateway has no settings.');
  const kept = { ...settings, probe: probe({ minServers: 1 }) };
  const [first, second] = [makeServer('a', kept), makeServer('b', kept)];
  for (const server of [first, second]) server.state.health = { health: 'Unhealthy', failures: 3, log: '' };
  const members = [first, second].map((server) => ({ server, weight: 1 }));
  const group = new ServerGroup(members, 'RoundRobin', { current: 0 });
  expect([group.named(first.affinity), group.named(second.affinity)]).toEqual([first, null]);
  first.state.isHeldDown = true;
  expect(group.named(first.affinity)).toBeNull();
});

test.each([
  [['Cookie', 'ApplicationGatewayAffinity=x'], 'x'],
  [['cookie', 'a=b; ApplicationGatewayAffinity=x; c=d'], 'x'],
  [['Cookie', 'a=b', 'Cookie', 'ApplicationGatewayAffinity=x'], 'x'],
  [['Cookie', 'ApplicationGatewayAffinityCORS=x'], null],
  [['Cookie', 'a=ApplicationGatewayAffinity=x'], null],
  [['X', 'ApplicationGatewayAffinity=x'], null],
  [[], null],
])('%j names %s', (headers, expected) => {
  if (settings === undefined) throw new Error('The gateway has no settings.');
  expect(readAffinity(headers, settings)).toBe(expected);
});

test('v1 sets one cookie, v2 two', () => {
  const server = makeServer('a');
  expect(affinityCookies(server, 'v1')).toEqual([
    'Set-Cookie',
    `ApplicationGatewayAffinity=${server.affinity}; Path=/`,
  ]);
  expect(affinityCookies(server, 'v2')).toHaveLength(4);
});
