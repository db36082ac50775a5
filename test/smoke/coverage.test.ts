import { expect, test } from 'vitest';
import { compileRoutingTable } from '../../src/routing/compile-routing-table.ts';
import { Coverage } from '../../src/smoke/run/coverage.ts';
import { runTestFile } from '../../src/smoke/run/run-test-file.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { testFileOf } from './run-fixture.ts';

const gateway = makeGateway({
  listeners: [
    { name: 'site', hosts: ['a.contoso.com'] },
    { name: 'old', hosts: ['b.contoso.com'] },
  ],
  rules: [
    {
      name: 'site',
      listener: 'site',
      pool: 'web',
      pathMap: 'map',
      rewrites: 'set',
      paths: [{ name: 'images', paths: ['/images/*'], pool: 'images' }],
    },
    { name: 'old', listener: 'old', redirect: { to: 'https://a.contoso.com/' } },
  ],
  rewrites: { set: [{ name: 'always', response: [['x-a', '1']] }] },
});

async function cover(...urls: readonly string[]) {
  const coverage = new Coverage();
  const tests = urls.map((url, index) => `  - { name: t${index}, request: { url: "${url}" } }`);
  const file = testFileOf(['tests:', ...tests].join('\n'));
  await runTestFile(file, { gateway }, { selection: {}, bail: false, onRecord: (record) => coverage.add(record) });
  const report = coverage.report(compileRoutingTable(gateway));
  const missed = report.items.flatMap(({ kind, name, hits }) => (hits === 0 ? [`${kind} ${name}`] : []));
  return { missed, percent: report.percent, reached: report.reached, total: report.total };
}

test.each([
  [
    ['http://a.contoso.com/'],
    ['listener old', 'rule old', 'path rule map/images', expect.stringMatching(/^redirect /)],
    4,
    50,
  ],
  [
    ['http://b.contoso.com/'],
    ['listener site', 'rule site', 'path rule map/images', 'path map default map', 'rewrite rule set/always'],
    3,
    37.5,
  ],
  [['http://a.contoso.com/', 'http://a.contoso.com/images/x', 'http://b.contoso.com/'], [], 8, 100],
])('requests to %j leave out %j', async (urls, missed, reached, percent) => {
  expect(await cover(...urls)).toEqual({ missed, reached, total: 8, percent });
});

test('a gateway with nothing to reach is covered', () => {
  const empty = makeGateway({});
  expect(new Coverage().report(compileRoutingTable(empty))).toEqual({ items: [], reached: 0, total: 0, percent: 100 });
});

test('rules of an advanced routing map count, and can be expected', async () => {
  const advanced = makeGateway({
    rules: [{ pool: 'web', advanced: [{ name: 'beta', when: [['Header', 'X-Beta', ['on']]], pool: 'beta' }] }],
  });
  const file = testFileOf(`tests:
  - name: those who want it get the new version
    request: { url: "http://a/", headers: { x-beta: on } }
    expect: { advancedRoutingRule: beta, pool: beta }
`);
  const coverage = new Coverage();
  const onRecord = coverage.add.bind(coverage);
  const { cases } = await runTestFile(file, { gateway: advanced }, { selection: {}, bail: false, onRecord });
  expect(cases[0]?.failures).toEqual([]);
  const { items } = coverage.report(compileRoutingTable(advanced));
  expect(items.flatMap(({ kind, hits }) => (hits === 0 ? [kind] : []))).toEqual(['advanced map default']);
});

test('a failure tells why a rule of an advanced routing map was passed over', async () => {
  const advanced = makeGateway({
    rules: [
      {
        pool: 'web',
        advanced: [
          { name: 'beta', when: [['Header', 'X-Beta', ['on']]], loadDistribution: 'spread' },
          { name: 'other', when: [['Method', null, ['PUT']]], pool: 'other' },
        ],
      },
    ],
    loadDistribution: { spread: { targets: [{ pool: 'new', weight: 1 }] } },
  });
  const file = testFileOf('tests:\n  - { name: a, request: { url: "http://a/" }, expect: { pool: new } }');
  const onRecord = () => undefined;
  const { cases } = await runTestFile(file, { gateway: advanced }, { selection: {}, bail: false, onRecord });
  expect(cases[0]?.failures.flatMap(({ reasons }) => reasons.map(({ why }) => why))).toContain(
    `Advanced routing rule 'beta' not chosen: its condition "Header 'X-Beta' is 'on'" does not hold; the request has none.`,
  );
});
