import { expect, test } from 'vitest';
import { EmulatorError } from '../../src/base/errors.ts';
import { findMapping, parseBackendMappings } from '../../src/runtime/backends/backend-mapping.ts';
import { originOf } from '../../src/runtime/backends/backend-target.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';

const gateway = makeGateway({
  rules: [
    {
      pool: 'web',
      paths: [
        { paths: ['/a*'], pool: 'api' },
        { paths: ['/b*'], pool: 'web', settings: 'other' },
      ],
    },
  ],
  pools: { web: ['10.0.0.4', 'vm.contoso.com'], api: ['10.0.0.4', 'fd00::1'] },
  settings: { other: { port: 8080 } },
});

function targetOf(
  mappings: Record<string, string>,
  poolName: string,
  address: string,
  port: number,
): string | undefined {
  const pool = gateway.backendAddressPools.find(({ name }) => name === poolName);
  if (pool === undefined) throw new Error(`There is no pool '${poolName}'.`);
  const found = findMapping(parseBackendMappings(mappings, gateway), { pool, address, port });
  return found?.to.kind === 'server' ? originOf(found.to) : undefined;
}

test.each([
  ['web', 'web', '10.0.0.4', 80, true],
  ['WEB', 'web', 'vm.contoso.com', 8080, true],
  ['web', 'api', '10.0.0.4', 80, false],
  ['10.0.0.4', 'api', '10.0.0.4', 80, true],
  ['10.0.0.4:80', 'api', '10.0.0.4', 80, true],
  ['10.0.0.4:80', 'api', '10.0.0.4', 81, false],
  ['VM.contoso.com', 'web', 'vm.contoso.com', 80, true],
  ['web/10.0.0.4', 'web', '10.0.0.4', 80, true],
  ['web/10.0.0.4', 'api', '10.0.0.4', 80, false],
  ['api/10.0.0.4:80', 'api', '10.0.0.4', 80, true],
  ['fd00::1', 'api', 'fd00::1', 80, true],
  ['[fd00::1]:80', 'api', 'fd00::1', 80, true],
  ['api/[fd00::1]:80', 'api', 'fd00::1', 81, false],
])('%s names %s/%s:%d: %s', (member, pool, address, port, isNamed) => {
  expect(targetOf({ [member]: 'localhost:3000' }, pool, address, port)).toBe(
    isNamed ? 'http://localhost:3000' : undefined,
  );
});

test('the most precise mapping counts, in whatever order they are given', () => {
  const precise = ['api/10.0.0.4:80', 'api/10.0.0.4', '10.0.0.4:80', '10.0.0.4', 'api'];
  while (precise.length > 0) {
    const mappings = Object.fromEntries(
      precise.map((member, index) => [member, `localhost:${3000 + index}`]).reverse(),
    );
    expect(targetOf(mappings, 'api', '10.0.0.4', 80)).toBe('http://localhost:3000');
    precise.shift();
  }
});

test.each([
  ['localhost:3000', 'http://localhost:3000'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['https://localhost', 'https://localhost:443'],
  ['http://localhost/', 'http://localhost:80'],
  ['[::1]:3000', 'http://[::1]:3000'],
  // Names of services in a network of Docker Compose.
  ['api:3000', 'http://api:3000'],
  ['shop_api-1:3000', 'http://shop_api-1:3000'],
  ['https://api:8443', 'https://api:8443'],
])('%s goes to %s', (target, expected) => {
  expect(targetOf({ web: target }, 'web', '10.0.0.4', 80)).toBe(expected);
});

test.each([
  'localhost',
  '',
  'localhost:0x',
  'ftp://localhost:21',
  'http://localhost:3000/path',
  'http://a:b@localhost:1',
  'http://:b@localhost:1',
  ':80',
  'localhost:0',
  'http://localhost:0',
  'localhost:65536',
])("'%s' is no target", (target) => {
  expect(() => parseBackendMappings({ web: target }, gateway)).toThrow(
    `The backend mapping 'web' goes to '${target}', which is no target.`,
  );
});

test.each([
  ['wep', "Did you mean 'web'?"],
  ['web/10.0.0.5', "Did you mean 'web/10.0.0.4'?"],
  [
    'nothing-like-it',
    "This gateway has: 'web', 'web/10.0.0.4', 'web/vm.contoso.com', 'api', 'api/10.0.0.4', 'api/fd00::1'.",
  ],
])('%s names nothing: %s', (member, hint) => {
  const parse = () => parseBackendMappings({ [member]: 'localhost:1' }, gateway);
  expect(parse).toThrow(`The backend mapping '${member}' names no pool and no member of one.`);
  try {
    parse();
  } catch (error) {
    expect(error).toBeInstanceOf(EmulatorError);
    expect(error).toMatchObject({ code: 'InvalidOption', hint });
  }
});

test.each([
  ['web:80', 'names no pool and no member of one.'],
  ['10.0.0.4:http', 'names no pool and no member of one.'],
  ['api/10.0.0.4:8080', 'is for port 8080, which no rule uses.'],
  ['fd00::1', null],
  ['[fd00::1]:81', 'is for port 81, which no rule uses.'],
  ['10.0.0.4:8080', null],
])('what is wrong with %s: %s', (member, fault) => {
  const parse = () => parseBackendMappings({ [member]: 'localhost:1' }, gateway);
  if (fault === null) expect(parse).not.toThrow();
  else expect(parse).toThrow(`The backend mapping '${member}' ${fault}`);
});

test('a mapping can differ by port, and a mapping of one port counts before that of all', () => {
  const mappings = { web: { ports: { 80: 'localhost:3000', 8080: { target: 'https://localhost:3001' } } } };
  const find = (port: number) => {
    const [pool] = gateway.backendAddressPools;
    if (pool === undefined) throw new Error('The gateway has no pool.');
    return findMapping(parseBackendMappings(mappings, gateway), { pool, address: '10.0.0.4', port })?.to;
  };
  expect(find(80)).toEqual({ kind: 'server', protocol: 'http', host: 'localhost', port: 3000 });
  expect(find(8080)).toEqual({ kind: 'server', protocol: 'https', host: 'localhost', port: 3001 });
  expect(find(81)).toBeUndefined();
});

test.each([
  [{ folder: '/srv/static' }, { kind: 'folder', path: '/srv/static' }],
  [{ response: '/srv/a.http' }, { kind: 'response', path: '/srv/a.http' }],
  [{ target: 'localhost:3000' }, { kind: 'server', protocol: 'http', host: 'localhost', port: 3000 }],
])('%j stands for a member', (spec, to) => {
  expect(parseBackendMappings({ web: spec }, gateway)).toEqual([
    { member: 'web', pool: 'web', address: null, port: null, to },
  ]);
});

// agate.yaml can hold anything.
test.each([
  [{ folder: 1 }, 'web', '{"folder":1}'],
  [{ folder: 'a', response: 'b' }, 'web', '{"folder":"a","response":"b"}'],
  [{}, 'web', '{}'],
  [['localhost:1'], 'web', '["localhost:1"]'],
  [null, 'web', 'null'],
  [{ ports: { 80: 'nowhere' } }, "web' port '80", 'nowhere'],
])('%j is no target', (spec, where, written) => {
  expect(() => parseBackendMappings({ web: spec } as never, gateway)).toThrow(
    `The backend mapping '${where}' goes to '${written}', which is no target.`,
  );
});

test('a port is a number', () => {
  const mappings = { web: { ports: { http: 'localhost:1' } } };
  expect(() => parseBackendMappings(mappings, gateway)).toThrow("The backend mapping 'web' has the port 'http'.");
});
