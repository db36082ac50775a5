import { expect, test } from 'vitest';
import type { Gateway } from '../../src/gateway/model.ts';
import { compileRoutingTable } from '../../src/routing/compile-routing-table.ts';
import { makeGateway } from './gateway-fixture.ts';

test('makes an entry point for each address and port that a rule leads to', () => {
  const table = compileRoutingTable(
    makeGateway({
      listeners: [
        { name: 'a', hosts: ['a.com'] },
        { name: 'b', hosts: ['b.com'] },
        { name: 'private', frontendIP: 'private' },
        { name: 'secure', protocol: 'Https' },
        { name: 'idle', port: 8080 },
      ],
      rules: ['b', 'a', 'private', 'secure'].map((listener) => ({ listener, pool: 'web' })),
    }),
  );
  const described = table.entryPoints.map(({ key, port, protocol, routes }) => ({
    key,
    port,
    protocol,
    listeners: routes.map(({ listener }) => listener.name),
  }));
  expect(described).toEqual([
    { key: 'public:80', port: 80, protocol: 'Http', listeners: ['b', 'a'] },
    { key: 'private:80', port: 80, protocol: 'Http', listeners: ['private'] },
    { key: 'public:443', port: 443, protocol: 'Https', listeners: ['secure'] },
  ]);
  expect(table.problems).toEqual([]);
});

test('does not serve a listener whose port speaks another protocol', () => {
  const table = compileRoutingTable(
    makeGateway({
      listeners: [
        { name: 'plain', port: 443 },
        { name: 'secure', port: 443, protocol: 'Https' },
      ],
      rules: [
        { listener: 'plain', pool: 'web' },
        { listener: 'secure', pool: 'web' },
      ],
    }),
  );
  expect(table.entryPoints.map(({ protocol, routes }) => [protocol, routes.length])).toEqual([['Http', 1]]);
  expect(table.problems.map(({ code, message }) => [code, message])).toEqual([
    [
      'AGW7001',
      "Listener 'secure' speaks Https on port 443, where listener 'plain' speaks Http; it is not served. " +
        'Listeners on one address and port need one protocol.',
    ],
  ]);
});

test('leaves out what refers to nothing', () => {
  const gateway = makeGateway({ rules: [{ pool: 'web' }] });
  const [listener] = gateway.httpListeners;
  const [rule] = gateway.requestRoutingRules;
  if (listener === undefined || rule === undefined) throw new Error('the fixture made no rule');
  const broken: Gateway = {
    ...gateway,
    requestRoutingRules: [
      { ...rule, httpListener: null },
      { ...rule, httpListener: { ...listener, frontendPort: null } },
      { ...rule, httpListener: { ...listener, frontendIPConfiguration: null } },
    ],
  };
  expect(compileRoutingTable(broken).entryPoints).toEqual([]);
});

test('tells of conditions of advanced routing that never hold', () => {
  const never = [
    ['Header', null, ['x']],
    ['Header', 'X-A', { pattern: '(' }],
    ['ClientIP', null, ['10.0.0.0/33']],
    ['Method', null, []],
    ['Header', 'X-B', ['fine']],
  ] as const;
  const table = compileRoutingTable(
    makeGateway({ rules: [{ pool: 'web', advanced: [{ name: 'beta', pool: 'web', when: never }] }] }),
  );
  expect(table.problems.map(({ code, severity }) => [code, severity])).toEqual(
    never.slice(1).map(() => ['AGW7004', 'error']),
  );
  expect(table.problems.map(({ message }) => message.replace(/^.* takes nothing: /, ''))).toEqual([
    '"Header is \'x\'" never holds, for a condition of type Header needs a propertyName.',
    expect.stringContaining("\"Header 'X-A' matches '('\" never holds, for '(' is not a pattern for RE2 ("),
    "\"ClientIP is '10.0.0.0/33'\" never holds, for '10.0.0.0/33' is neither an address nor a network.",
    '"Method is nothing" never holds, for it has neither propertyValues nor a matcher.',
  ]);
});

test('maps with the same patterns share what they have in common, and each leads to its own rules', () => {
  const hosts = ['a.com', 'b.com'];
  const table = compileRoutingTable(
    makeGateway({
      listeners: hosts.map((host) => ({ name: host, hosts: [host] })),
      rules: hosts.map((host) => ({
        listener: host,
        pool: 'web',
        paths: [
          { name: 'images', paths: ['/images/*', '/img*'], pool: `${host} images` },
          { name: 'video', paths: ['/video/*'], pool: 'video' },
        ],
      })),
    }),
  );
  const [first, second] = table.entryPoints[0]?.routes ?? [];
  const poolOf = (route: typeof first, path: string) => {
    const index = route?.paths?.find(path);
    const target = index === undefined ? undefined : route?.paths?.targetAt(index);
    return target?.kind === 'backend' ? target.backendAddressPool?.name : undefined;
  };
  expect([first, second].map((route) => ['/IMG1', '/video/1', '/'].map((path) => poolOf(route, path)))).toEqual([
    ['a.com images', 'video', undefined],
    ['b.com images', 'video', undefined],
  ]);
  expect([first, second].map((route) => route?.paths?.candidates.map(({ pathRule }) => pathRule.id))).toEqual(
    [first, second].map((route) => route?.rule.urlPathMap?.pathRules.flatMap(({ id, paths }) => paths.map(() => id))),
  );
  expect(first?.paths?.targetAt(2)).toBe(second?.paths?.targetAt(2));
});
