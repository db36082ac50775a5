import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileRoutingTable, type RoutingTable } from '../../src/routing/compile-routing-table.ts';
import { renderStarterTemplate } from '../../src/smoke/starter/starter-template.ts';
import { renderStarterTests } from '../../src/smoke/starter/starter-tests.ts';
import { type GatewaySpec, makeGateway } from '../routing/gateway-fixture.ts';
import { complaintsOf, gatewayOf, namesOf, runTests } from './run-fixture.ts';

const everything: GatewaySpec = {
  listeners: [
    { name: 'site', hosts: ['*.contoso.com'] },
    { name: 'all', port: 8080 },
    { name: 'inside', port: 80, frontendIP: 'private', hosts: ['in?ide.contoso.com'] },
  ],
  rules: [
    {
      listener: 'site',
      pool: 'web',
      paths: [
        { name: 'images', paths: ['/images/*', '/photos*'], pool: 'images' },
        { name: 'hidden', paths: ['/images/*'], pool: 'never' },
        { name: 'empty', paths: ['/empty/*'], pool: 'empty' },
      ],
    },
    { listener: 'all', redirect: { to: 'site', path: true } },
    { listener: 'inside', pool: 'web' },
  ],
  pools: { empty: [] },
};

function render(table: RoutingTable, later?: RoutingTable): string {
  const text = renderStarterTests({ table, later, command: 'agate test azuredeploy.json' });
  if (text === undefined) throw new Error('There is nothing to test.');
  return text;
}

function starter(spec: GatewaySpec): string {
  return render(compileRoutingTable(makeGateway(spec)));
}

test('there is a case for each route that a request can take', () => {
  const { tests } = parse(starter(everything)) as { tests: { name: string; request: unknown }[] };
  expect(tests.map(({ name, request }) => [name, request])).toEqual([
    [
      'http *.contoso.com:80/images/* goes to images',
      { url: 'http://www.contoso.com/images/example', frontend: expect.any(String) },
    ],
    [
      'http *.contoso.com:80/photos* goes to images',
      { url: 'http://www.contoso.com/photosexample', frontend: expect.any(String) },
    ],
    [
      'http *.contoso.com:80/empty/* goes to empty',
      { url: 'http://www.contoso.com/empty/example', frontend: expect.any(String) },
    ],
    ['http *.contoso.com:80 goes to web', { url: 'http://www.contoso.com/', frontend: expect.any(String) }],
    ['http any host:8080 is redirected', { url: 'http://gateway.example.com:8080/' }],
    ['http in?ide.contoso.com:80 goes to web', { url: 'http://inaide.contoso.com/', frontend: 'private' }],
  ]);
});

test('all cases pass on the gateway that they were written for', async () => {
  expect(complaintsOf(await runTests(makeGateway(everything), starter(everything)))).toEqual([]);
});

test('routes that read the same have names of their own', () => {
  const spec: GatewaySpec = {
    listeners: [
      { name: 'outside', port: 80 },
      { name: 'inside', port: 80, frontendIP: 'private' },
    ],
    rules: [
      { listener: 'outside', pool: 'web' },
      { listener: 'inside', pool: 'web' },
    ],
  };
  const { tests } = parse(starter(spec)) as { tests: { name: string }[] };
  expect(tests.map(({ name }) => name)).toEqual(['http any host:80 goes to web', 'http any host:80 goes to web (2)']);
});

test('the template that is written from nothing is served, and its tests pass', async () => {
  const gateway = gatewayOf(renderStarterTemplate());
  const result = await runTests(gateway, render(compileRoutingTable(gateway)));
  expect([complaintsOf(result), namesOf(result, 'passed')]).toEqual([
    [],
    ['http www.contoso.com:80/images/* goes to images', 'http www.contoso.com:80 goes to web'],
  ]);
});

test('names that another evaluation makes up anew are expected by what stays the same', async () => {
  const spec = (time: string): GatewaySpec => ({
    listeners: [
      { name: 'site', hosts: ['shop.contoso.com'] },
      { name: `app-${time}`, hosts: [`${time}.contoso.com`] },
    ],
    rules: [
      { listener: 'site', pool: `web-${time}-pool.1` },
      { listener: `app-${time}`, pool: 'web' },
    ],
  });
  const [one, other] = [makeGateway(spec('a7k')), makeGateway(spec('b7k'))];
  const text = render(compileRoutingTable(one), compileRoutingTable(other));
  const { tests } = parse(text) as { tests: readonly unknown[] };
  expect(tests).toMatchObject([
    { name: 'http shop.contoso.com:80 goes to web-…-pool.1', expect: { pool: '/^web-.+-pool\\.1$/', status: 200 } },
    {
      name: 'http ….contoso.com:80 goes to web',
      skip: 'the host name is another one each time; give its parameter a value',
      expect: { listener: '/^app-.+$/', pool: 'web' },
    },
  ]);
  expect(complaintsOf(await runTests(makeGateway(spec('c7x')), text))).toEqual([]);
});

test('nothing is written for a gateway that no request gets into', () => {
  const table = compileRoutingTable(makeGateway({ listeners: [], rules: [] }));
  expect(renderStarterTests({ table, later: undefined, command: 'agate test a.json' })).toBeUndefined();
});

test('a listener that demands a client certificate is expected to refuse, and one that only asks is not', async () => {
  const spec: GatewaySpec = {
    listeners: [
      { name: 'strict', port: 443, protocol: 'Https', hosts: ['a.contoso.com'], clientCertificates: 'Strict' },
      { name: 'asking', port: 8443, protocol: 'Https', hosts: ['b.contoso.com'], clientCertificates: 'Passthrough' },
    ],
    rules: [
      { listener: 'strict', pool: 'web' },
      { listener: 'asking', pool: 'web' },
    ],
  };
  const text = starter(spec);
  expect(text).toContain('# To get past a listener that demands one, add clientCertificate:');
  const result = await runTests(makeGateway(spec), text);
  expect([complaintsOf(result), namesOf(result, 'passed')]).toEqual([
    [],
    ['https a.contoso.com:443 demands a client certificate', 'https b.contoso.com:8443 goes to web'],
  ]);
});
