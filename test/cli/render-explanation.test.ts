import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { renderExplanation } from '../../src/cli/render-explanation.ts';
import { compileRoutingTable } from '../../src/routing/compile-routing-table.ts';
import { explainRequest } from '../../src/routing/explain.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';

const io = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), env: { NO_COLOR: '1' } };

function stepsFor(listeners: number): string[] {
  const names = Array.from({ length: listeners }, (_, index) => `listener${index}`);
  const table = compileRoutingTable(
    makeGateway({
      listeners: names.map((name) => ({ name, hosts: [`${name}.contoso.com`] })),
      rules: names.map((listener) => ({ listener, pool: 'web' })),
    }),
  );
  const text = renderExplanation(explainRequest(table, { url: 'http://x/' }), io);
  return text.split('\n').filter((line) => line.startsWith('· '));
}

test('leaves out most of many listeners that did not fit', () => {
  const lines = stepsFor(1000);
  expect(lines.map((line) => line.replace(/ not chosen.*/, ''))).toEqual([
    "· listener  Listener 'listener0'",
    "· listener  Listener 'listener1'",
    "· listener  Listener 'listener2'",
    '· listener  … 994 more did not fit; --format json lists them all.',
    "· listener  Listener 'listener997'",
    "· listener  Listener 'listener998'",
    "· listener  Listener 'listener999'",
  ]);
});

test.each([1, 7])('shows all of %i', (count) => {
  expect(stepsFor(count)).toHaveLength(count);
});

test('names the rule of an advanced routing map', () => {
  const table = compileRoutingTable(
    makeGateway({ rules: [{ pool: 'web', advanced: [{ name: 'all', pool: 'new' }] }] }),
  );
  const text = renderExplanation(explainRequest(table, { url: 'http://x/' }), io);
  expect(text.split('\n').slice(0, 4)).toEqual([
    'listener       listener',
    'rule           rule1',
    'advanced rule  all',
    'pool           new',
  ]);
});
