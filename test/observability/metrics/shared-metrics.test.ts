import { expect, test } from 'vitest';
import type { MetricName } from '../../../src/observability/metrics/metric-definitions.ts';
import { MetricStore } from '../../../src/observability/metrics/metric-store.ts';
import { mergeSeries } from '../../../src/observability/metrics/shared-metrics.ts';

function storeWith(name: MetricName, dimensions: readonly string[], values: readonly (readonly [number, number])[]) {
  const store = new MetricStore();
  for (const [value, minute] of values) store.series(name, ...dimensions).add(value, minute);
  return store;
}

test('what instances count is added up where the dimensions are the same', () => {
  const one = storeWith(
    'TotalRequests',
    ['web~plain'],
    [
      [1, 10],
      [1, 10],
      [1, 11],
    ],
  );
  const two = storeWith('TotalRequests', ['web~plain'], [[1, 11]]);
  const three = storeWith('TotalRequests', ['api~plain'], [[1, 11]]);
  const merged = mergeSeries('TotalRequests', [one, two, three]);
  expect(merged.map(({ dimensions, sum }) => [dimensions, sum])).toEqual([
    [['web~plain'], 4],
    [['api~plain'], 1],
  ]);
  expect(merged[0]?.at(10)).toMatchObject({ count: 2, sum: 2 });
  expect(merged[0]?.at(11)).toMatchObject({ count: 2, sum: 2 });
});

test('durations keep their classes and their maximum', () => {
  const one = storeWith('ApplicationGatewayTotalTime', ['site'], [[3, 10]]);
  const two = storeWith(
    'ApplicationGatewayTotalTime',
    ['site'],
    [
      [3, 10],
      [70, 10],
    ],
  );
  const [merged] = mergeSeries('ApplicationGatewayTotalTime', [one, two]);
  expect(merged?.at(10)).toMatchObject({ count: 3, sum: 76, maximum: 70 });
  expect(merged?.classes?.filter((count) => count > 0)).toEqual([2, 1]);
});

test('levels that hold at the same time are added up, also where only one of them has changed', () => {
  const one = storeWith('CurrentConnections', [], [[4, 10]]);
  const two = storeWith(
    'CurrentConnections',
    [],
    [
      [6, 10],
      [2, 12],
    ],
  );
  const [merged] = mergeSeries('CurrentConnections', [one, two]);
  expect(merged?.last).toBe(6);
  expect(merged?.levelAt(10)).toMatchObject({ count: 1, sum: 10 });
  expect(merged?.levelAt(12)).toMatchObject({ count: 1, sum: 6 });
});

test('what all instances would say of the gateway is said once', () => {
  const hosts = () => storeWith('HealthyHostCount', ['web~plain'], [[2, 10]]);
  const merged = mergeSeries('HealthyHostCount', [hosts(), hosts()]);
  expect(merged.map(({ last }) => last)).toEqual([2]);
});

test('a snapshot leaves the minutes that it does not tell as they were', () => {
  const measured = storeWith(
    'Throughput',
    [],
    [
      [5, 10],
      [7, 11],
    ],
  ).series('Throughput');
  const mirror = new MetricStore().series('Throughput');
  mirror.adopt(measured.snapshot(10));
  measured.add(1, 12);
  mirror.adopt(measured.snapshot(12));
  expect([mirror.count, mirror.sum, mirror.last]).toEqual([3, 13, 1]);
  expect([10, 11, 12].map((minute) => mirror.at(minute)?.sum)).toEqual([5, 7, 1]);
});
