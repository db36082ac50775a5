import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defineTarget, pure } from './target.ts';
import { targets } from './targets/index.ts';

const options = { seed: 7, milliseconds: 10_000, runs: 200, onRun: () => undefined };

const fragile = defineTarget({
  name: 'fragile',
  holds: 'numbers stay below 1000',
  inputs: fc.nat(100_000),
  open: pure((number) => {
    if (number >= 1000) throw new Error(`${number} is too large.`);
  }),
});

test('what does not hold is told with the smallest input, and the seed that finds it again', async () => {
  const { failure } = await fragile.fuzz(options);
  expect(failure).toMatchObject({ seed: 7, input: '1000', error: expect.stringContaining('1000 is too large.') });
});

test('the input of a run can be had without running it, as after one that never ends', async () => {
  const seen: number[] = [];
  const noting = defineTarget({ ...fragileInputs, open: pure((number) => void seen.push(number)) });
  await noting.fuzz({ ...options, runs: 20 });
  expect(noting.show(7, 20)).toBe(String(seen[19]));
});

const fragileInputs = { name: 'noting', holds: 'nothing', inputs: fc.nat(100_000) };

test('all that others write has a target', () => {
  const names = targets.map(({ name }) => name);
  expect(names).toEqual(['template', 'model', 'request', 'answer', 'rewrite', 'test-file', 'config', 'admin']);
});
