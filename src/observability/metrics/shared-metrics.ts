import { type MetricName, metricDefinitions } from './metric-definitions.ts';
import type { MetricStore } from './metric-store.ts';
import { Series, type SeriesSnapshot } from './series.ts';

export type MetricSnapshot = SeriesSnapshot & { readonly name: MetricName };

/** What every instance would say of the gateway as a whole, and one says for all. */
const saidOnce: ReadonlySet<MetricName> = new Set([
  'FixedBillableCapacityUnits',
  'HealthyHostCount',
  'UnhealthyHostCount',
]);

/** Metrics that instances measure each for itself. */
export const sharedMetrics: readonly MetricName[] = metricDefinitions
  .map(({ name }) => name)
  .filter((name) => !saidOnce.has(name));

/** The series of a metric over all instances: values with the same dimensions come together. */
export function mergeSeries(name: MetricName, stores: readonly MetricStore[]): readonly Series[] {
  const [own, ...others] = stores;
  if (own === undefined) return [];
  if (others.length === 0 || saidOnce.has(name)) return own.all(name);
  const groups = new Map<string, Series[]>();
  for (const series of stores.flatMap((store) => store.all(name))) {
    const key = series.dimensions.join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [series]);
    else group.push(series);
  }
  const isLevel = metricDefinitions.find((definition) => definition.name === name)?.kind === 'level';
  return [...groups.values()].map((group) => mergeGroup(group, isLevel));
}

function mergeGroup(group: readonly Series[], isLevel: boolean): Series {
  const [first] = group;
  const merged = new Series(first?.dimensions ?? [], first?.classes != null);
  if (isLevel) merged.sumLevels(group);
  else for (const series of group) merged.absorb(series);
  return merged;
}
