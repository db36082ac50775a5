import { expect, test } from 'vitest';
import { parseListenOverrides } from '../../src/runtime/listeners/listen-option.ts';
import { defaultListenPlan, type ListenPlan, planListeners } from '../../src/runtime/listeners/plan-listeners.ts';

type Frontend = readonly [frontendIP: string, port: number];

function places(frontends: readonly Frontend[], plan: Partial<ListenPlan> = {}): string[] {
  const entryPoints = frontends.map(([ip, port]) => ({ key: `${ip}:${port}`, port }));
  return planListeners(entryPoints, { ...defaultListenPlan, ...plan }).map(({ address, port }) => `${address}:${port}`);
}

test.each<[string, readonly Frontend[], Partial<ListenPlan>, readonly string[]]>([
  [
    'low ports are moved',
    [
      ['public', 80],
      ['public', 443],
    ],
    {},
    ['127.0.0.1:8080', '127.0.0.1:8443'],
  ],
  [
    'other ports stay',
    [
      ['public', 1024],
      ['public', 8443],
    ],
    {},
    ['127.0.0.1:1024', '127.0.0.1:8443'],
  ],
  ['the offset can be chosen', [['public', 80]], { portOffset: 3000 }, ['127.0.0.1:3080']],
  ['without offset nothing is moved', [['public', 80]], { portOffset: 0 }, ['127.0.0.1:80']],
  ['another address can be chosen', [['public', 80]], { bind: '0.0.0.0' }, ['0.0.0.0:8080']],
  [
    'a second frontend IP gets the next loopback address',
    [
      ['public', 80],
      ['private', 80],
      ['third', 80],
    ],
    {},
    ['127.0.0.1:8080', '127.0.0.2:8080', '127.0.0.3:8080'],
  ],
  [
    'or the next port where all addresses are meant',
    [
      ['a', 80],
      ['b', 80],
    ],
    { bind: '0.0.0.0' },
    ['0.0.0.0:8080', '0.0.0.0:8081'],
  ],
  [
    'a moved port gives way to one that stays',
    [
      ['public', 80],
      ['public', 8080],
    ],
    {},
    ['127.0.0.1:8081', '127.0.0.1:8080'],
  ],
  [
    'all ports can be free ones',
    [
      ['a', 80],
      ['b', 80],
    ],
    { overrides: parseListenOverrides({ all: 0 }) },
    ['127.0.0.1:0', '127.0.0.1:0'],
  ],
  [
    'one port can be mapped, with its address',
    [
      ['public', 80],
      ['public', 443],
    ],
    { overrides: parseListenOverrides({ 443: '127.0.0.5:9443' }) },
    ['127.0.0.1:8080', '127.0.0.5:9443'],
  ],
  [
    'a mapping of one port counts more than that of all',
    [
      ['public', 80],
      ['public', 443],
    ],
    { overrides: parseListenOverrides({ all: 0, 80: 7000 }) },
    ['127.0.0.1:7000', '127.0.0.1:0'],
  ],
  [
    'an IPv6 address stands in brackets',
    [['public', 80]],
    { overrides: parseListenOverrides({ 80: '[::1]:7000' }) },
    ['::1:7000'],
  ],
])('%s', (_name, frontends, plan, expected) => {
  expect(places(frontends, plan)).toEqual(expected);
});

test('only an address that the user did not choose has another one to fall back on', () => {
  const entryPoints = ['public', 'private'].map((ip) => ({ key: ip, port: 80 }));
  expect(planListeners(entryPoints, defaultListenPlan).map(({ fallbackAddress }) => fallbackAddress)).toEqual([
    null,
    '127.0.0.1',
  ]);
});

test.each([
  ['http', '0'],
  ['80', 'x'],
  ['80', '70000'],
  ['0', '1'],
  ['80', 'nowhere:1'],
  ['80', ''],
])('%s=%s is no mapping of a port', (frontendPort, at) => {
  expect(() => parseListenOverrides({ [frontendPort]: at })).toThrow(
    `'${frontendPort}=${at}' is no mapping of a port.`,
  );
});

test('a mapping of a port that no listener uses is a mistake', () => {
  const plan = { overrides: parseListenOverrides({ 444: 1 }) };
  expect(() => places([['public', 443]], plan)).toThrow('No listener with a rule uses frontend port 444.');
});

test.each([
  [65_500, 'Frontend port 443 would become 65943, which is no port.'],
  [-9000, 'Frontend port 443 would become -8557, which is no port.'],
])('an offset of %s leads beyond the ports', (portOffset, message) => {
  expect(() => places([['public', 443]], { portOffset })).toThrow(message);
});
