import { expect, test } from 'vitest';
import { interleaved, median, medianRatio } from './statistics.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
  [[], Number.NaN],
])('the median of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

test('medianRatio compares round by round', () => {
  expect(medianRatio([10, 5, 9], [5, 2.5, 9])).toBe(2);
});

test('interleaved measures every candidate in each round, every other round backwards', async () => {
  const order: string[] = [];
  const results = await interleaved(['a', 'b'], 3, async (candidate, round) => {
    order.push(candidate);
    return round;
  });
  expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
  expect([...results]).toEqual([
    ['a', [0, 1, 2]],
    ['b', [0, 1, 2]],
  ]);
});
