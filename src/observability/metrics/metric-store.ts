import type { MetricName } from './metric-definitions.ts';
import { type MetricDefinition, metricDefinitions } from './metric-definitions.ts';
import { Series } from './series.ts';

const definitionOf = new Map<MetricName, MetricDefinition>(
  metricDefinitions.map((definition) => [definition.name, definition]),
);

/** Every series of every metric. Finding one takes a while: who adds to it often keeps it. */
export class MetricStore {
  readonly #series = new Map<MetricName, Map<string, Series>>();

  /** The series for values of a metric's dimensions, in the definition's order. */
  series(name: MetricName, ...dimensions: readonly string[]): Series {
    const ofMetric = this.#series.get(name) ?? new Map<string, Series>();
    this.#series.set(name, ofMetric);
    const key = dimensions.join('\n');
    const known = ofMetric.get(key);
    if (known !== undefined) return known;
    const made = new Series(dimensions, definitionOf.get(name)?.kind === 'duration');
    ofMetric.set(key, made);
    return made;
  }

  /** Without those for requests of no listener or pool while there were none. */
  all(name: MetricName): readonly Series[] {
    const all = [...(this.#series.get(name)?.values() ?? [])];
    return all.filter(({ count, dimensions }) => count > 0 || !dimensions.includes(''));
  }
}
